using System.Diagnostics;
using Plumbline.Files;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Files;

public sealed class FileKindTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_folders_and_nothing_are_not_special()
    {
        var file = folder.File("file", "content");

        FileKind.Special(file).ShouldBeNull();
        FileKind.Special(folder.Path).ShouldBeNull();
        FileKind.Special(Path.Combine(folder.Path, "nothing")).ShouldBeNull();
        Should.NotThrow(() => FileKind.RequireFile(file));
    }

    [Fact]
    public void Devices_and_pipes_are_told_without_being_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no pipes among its files.");
        var pipe = Path.Combine(folder.Path, "pipe");
        using (var make = Process.Start("mkfifo", [pipe]))
            make.WaitForExit();
        var link = Path.Combine(folder.Path, "link");
        File.CreateSymbolicLink(link, pipe);

        FileKind.Special("/dev/zero").ShouldBe("a device");
        FileKind.Special(pipe).ShouldBe("a named pipe");
        FileKind.Special(link).ShouldBe("a named pipe");
        Should.Throw<InvalidDataException>(() => FileKind.RequireFile(pipe)).Message.ShouldBe($"'{pipe}' is a named pipe and no file. Give a file.");
    }
}

using Plumbline.Files;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_written_whole_or_not_at_all()
    {
        var path = folder.File("whole.txt", "old");

        Should.Throw<IOException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("disk full");
        }));
        await Should.ThrowAsync<IOException>(() => WholeFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync("half"u8.ToArray());
            throw new IOException("disk full");
        }));

        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public async Task A_new_file_takes_the_old_ones_place()
    {
        var path = folder.File("whole.txt", "old and longer");

        WholeFile.Write(path, stream => stream.Write("new"u8));
        File.ReadAllText(path).ShouldBe("new");
        await WholeFile.WriteAsync(path, async stream => await stream.WriteAsync("newer"u8.ToArray()));

        File.ReadAllText(path).ShouldBe("newer");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }
}

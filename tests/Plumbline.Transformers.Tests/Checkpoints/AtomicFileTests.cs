using Plumbline.Transformers.Checkpoints;
using Shouldly;

namespace Plumbline.Transformers.Tests.Checkpoints;

public sealed class AtomicFileTests
{
    [Fact]
    public void AnInterruptedWriteLeavesWhatWasThere()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.bin");
        AtomicFile.WriteAllBytes(path, new byte[] { 1, 2, 3 });

        Should.Throw<OperationCanceledException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(9);
            throw new OperationCanceledException();
        }));

        File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void AFullDiskIsAClearErrorAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();

        var error = Should.Throw<CheckpointException>(() => AtomicFile.Write(folder.File("model.bin"), _ => throw new IOException("No space left on device.")));

        error.Message.ShouldContain("model.bin");
        error.Message.ShouldContain("No space left on device.");
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void AFolderThatIsAFileIsAClearError()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("taken"), "x");

        Should.Throw<CheckpointException>(() => AtomicFile.WriteAllBytes(Path.Combine(folder.File("taken"), "model.bin"), new byte[1])).Message.ShouldContain("taken");
    }

    [Fact]
    public void What_a_kill_left_is_deleted_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string[] others = [folder.File("model.bin"), folder.File("mine.part"), folder.File("model.bin.1234.part")];
        foreach (var path in others) File.WriteAllText(path, "kept");
        var temporary = "";
        AtomicFile.Write(folder.File("model.bin"), _ => temporary = Directory.GetFiles(folder.Path).Except(others).Single());
        File.WriteAllText(temporary, "half");

        AtomicFile.DeleteLeftovers(folder.Path);

        Directory.GetFiles(folder.Path).ShouldBe(others, ignoreOrder: true);
    }
}

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
}

using Plumbline.Transformers.Training;
using Plumbline.Tuning.Training;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Training;

public sealed class TrainingFolderTests : IDisposable
{
    readonly DirectoryInfo workspace = Directory.CreateTempSubdirectory();

    public void Dispose() => workspace.Delete(recursive: true);

    [Fact]
    public void Unfinished_work_of_another_verb_is_refused_by_name_and_left_as_it_is()
    {
        var (tune, forge) = (Unfinished("a tune", TrainingWork.FineTune), Unfinished("a forge", TrainingWork.Forge));

        Refusal("a tune", TrainingWork.Forge).ShouldContain("holds an unfinished fine-tune: 'plumb tune' goes on with it, or starts it over with --fresh. Give another folder with -o for this forge.");
        Refusal("a forge", TrainingWork.FineTune).ShouldContain("holds an unfinished forge: 'plumb bob forge' goes on with it");

        foreach (var state in new[] { tune, forge }) Directory.GetFileSystemEntries(Path.GetDirectoryName(state)!).ShouldBe([state]);
    }

    [Fact]
    public void One_process_holds_it_whatever_it_is_for()
    {
        using var first = TrainingFolder.Open(At("out"), TrainingWork.Forge);

        foreach (var work in TrainingWork.All)
            Should.Throw<FolderInUseException>(() => TrainingFolder.Open(At("out"), work)).Message.ShouldContain("Another process is training into");
    }

    string At(string name) => Path.Combine(workspace.FullName, name);

    string Refusal(string name, TrainingWork work) => Should.Throw<TrainingException>(() => TrainingFolder.Open(At(name), work)).Message;

    string Unfinished(string name, TrainingWork work)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(At(name), "unfinished")).FullName, work.StateName);
        File.WriteAllText(path, "a state");
        return path;
    }
}

using Plumbline.Datasets.Conversations;
using Plumbline.Datasets.Writing;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Forging;
using Plumbline.Tuning.Recipes;
using Plumbline.Tuning.Training;
using Plumbline.Tuning.Worlds;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Forging;

public sealed class InterruptedForgeTests : IDisposable
{
    static readonly TimeSpan Seldom = TimeSpan.FromDays(1);

    readonly DirectoryInfo workspace = Directory.CreateTempSubdirectory();

    // A clock that stands still: the seconds on the card are the same, so that all bytes can be.
    readonly SteppedTime time = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Delete(recursive: true);

    [Fact]
    public async Task Stopped_in_every_stage_it_goes_on_to_the_very_bytes()
    {
        await ForgeAsync("straight");

        await StopAsync("out", ForgeStage.Pretraining, step: 5);
        Names("out").ShouldBe(["unfinished"]);
        await StopAsync("out", ForgeStage.Aligning, step: 2);
        await StopAsync("out", ForgeStage.Finishing, step: 1);
        var steps = await ForgeAsync("out");

        steps.ShouldNotContain(step => step.Stage == ForgeStage.Pretraining || step.Stage == ForgeStage.Aligning);
        steps.First(step => step.Stage == ForgeStage.Finishing).Done.ShouldBe(2);
        ShouldBeAlike("out", "straight");
    }

    [Fact]
    public async Task Killed_it_goes_on_from_the_state_that_was_kept_last()
    {
        await ForgeAsync("straight");
        await foreach (var progress in RunAsync("running", TimeSpan.Zero, Token))
        {
            if (progress is { Stage: ForgeStage.Pretraining, Done: 7 }) Copy("running", "killed early");
            if (progress is { Stage: ForgeStage.Examining, Done: 1 }) Copy("running", "killed between");
            if (progress is { Stage: ForgeStage.Aligning, Done: 3 }) Copy("running", "killed late");
        }

        (await ForgeAsync("killed early")).First(step => step.Stage == ForgeStage.Pretraining).Done.ShouldBe(8);
        (await ForgeAsync("killed between")).ShouldNotContain(step => step.Stage == ForgeStage.Pretraining);
        (await ForgeAsync("killed late")).First(step => step.Stage == ForgeStage.Aligning).Done.ShouldBe(4);
        foreach (var folder in new[] { "running", "killed early", "killed between", "killed late" }) ShouldBeAlike(folder, "straight");
    }

    [Fact]
    public async Task Another_forge_does_not_go_on_with_it()
    {
        await StopAsync("out", ForgeStage.Pretraining, step: 2);
        using var folder = TrainingFolder.Open(At("out"), TrainingWork.Forge);

        var error = await Should.ThrowAsync<TrainingException>(async () =>
        {
            await foreach (var _ in new BobForge(ForgeOptions.Miniature with { Seed = 2 }, time).RunAsync(folder, Seldom, Token)) { }
        });

        error.Message.ShouldContain("it was begun with --seed 1, not 2.");
        error.Message.ShouldContain("start over with --fresh");
        folder.HasState.ShouldBeTrue();
    }

    [Fact]
    public async Task A_forge_of_another_size_is_told_by_the_flag()
    {
        await StopAsync("out", ForgeStage.Pretraining, step: 1);
        using var folder = TrainingFolder.Open(At("out"), TrainingWork.Forge);

        var error = Should.Throw<TrainingException>(() => UnfinishedForge.In(folder, ForgeOptions.Full));

        error.Message.ShouldContain("it was begun with --miniature. To go on, give what it was begun with");
        Should.Throw<TrainingException>(() => UnfinishedForge.In(folder, ForgeOptions.Miniature with { Layers = 3 })).Message.ShouldContain("it was begun with another layers.");
    }

    [Fact]
    public async Task A_stage_that_is_past_is_believed_only_where_the_rows_are_the_same()
    {
        await StopAsync("out", ForgeStage.Aligning, step: 1);
        using var folder = TrainingFolder.Open(At("out"), TrainingWork.Forge);
        var unfinished = UnfinishedForge.In(folder, ForgeOptions.Miniature);
        var rows = new ForgeRows(new World(ForgeOptions.Miniature.WorldSeed), ForgeOptions.Miniature);

        unfinished.HoldAgainst(rows.Sha256);
        var error = Should.Throw<CheckpointException>(() => unfinished.HoldAgainst(new string('0', 64)));

        error.Message.ShouldContain("begun by a version of Plumbline that draws other rows");
        error.Message.ShouldContain("Start over with --fresh");
    }

    [Fact]
    public async Task A_damaged_state_is_not_gone_on_with_and_can_be_dropped()
    {
        await StopAsync("out", ForgeStage.Pretraining, step: 2);
        var state = Path.Combine(At("out"), "unfinished", "forge-state.safetensors");
        var bytes = await File.ReadAllBytesAsync(state, Token);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(state, bytes, Token);

        (await Should.ThrowAsync<CheckpointException>(() => ForgeAsync("out"))).Message.ShouldContain("Start over with --fresh");
        using (var folder = TrainingFolder.Open(At("out"), TrainingWork.Forge)) folder.Discard();
        (await ForgeAsync("out")).First(step => step.Stage == ForgeStage.Pretraining).Done.ShouldBe(1);
    }

    [Fact]
    public async Task When_bob_is_whole_the_state_goes_before_the_results_that_it_needs()
    {
        var first = new TaskCompletionSource<string?>();
        using var watcher = new FileSystemWatcher(Directory.CreateDirectory(At("out/unfinished")).FullName);
        watcher.Deleted += (_, deleted) =>
        {
            if (Path.GetExtension(deleted.Name) != ".part") first.TrySetResult(deleted.Name);
        };
        watcher.EnableRaisingEvents = true;

        await ForgeAsync("out");

        (await first.Task.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe("forge-state.safetensors");
    }

    [Fact]
    public async Task A_state_whose_note_is_of_something_else_is_told_and_is_no_fault()
    {
        using (var tune = await FineTuneAsync())
        using (var folder = TrainingFolder.Open(At("tune"), TrainingWork.FineTune))
            await foreach (var _ in tune.RunAsync(folder, Seldom, Token)) { }
        Directory.CreateDirectory(At("out/unfinished"));
        File.Move(At("tune/unfinished/training-state.safetensors"), At("out/unfinished/forge-state.safetensors"));

        (await Should.ThrowAsync<CheckpointException>(() => ForgeAsync("out"))).Message.ShouldContain("is no state of a forge that this version can go on from");
    }

    string At(string name) => Path.Combine(workspace.FullName, name);

    async IAsyncEnumerable<ForgeProgress> RunAsync(string name, TimeSpan every, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var folder = TrainingFolder.Open(At(name), TrainingWork.Forge);
        await foreach (var progress in new BobForge(ForgeOptions.Miniature, time).RunAsync(folder, every, cancellationToken)) yield return progress;
    }

    /// <summary>Forges to the end, and gives the steps of training that were made for it.</summary>
    async Task<IReadOnlyList<ForgeProgress>> ForgeAsync(string name)
    {
        var steps = new List<ForgeProgress>();
        await foreach (var progress in RunAsync(name, Seldom, Token))
        {
            if (progress.Loss is not null) steps.Add(progress);
        }

        return steps;
    }

    async Task StopAsync(string name, ForgeStage stage, int step)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var progress in RunAsync(name, Seldom, stop.Token))
            {
                if (progress.Stage == stage && progress.Done == step) await stop.CancelAsync();
            }
        });
    }

    async Task<FineTune> FineTuneAsync()
    {
        await MiniatureBob.ForgeAsync(At("bob"));
        await ChatJsonlWriter.WriteAsync(At("rows.jsonl"), [Conversation.Of("say 1", "well: 1")], Token);
        return await FineTune.PrepareAsync(LanguageModel.Load(At("bob")), At("rows.jsonl"), RecipeCatalog.Named("lora"), time, Token);
    }

    string[] Names(string name) => [.. Directory.EnumerateFileSystemEntries(At(name)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    void ShouldBeAlike(string one, string other)
    {
        Names(one).ShouldBe(Names(other));
        foreach (var file in Names(one)) File.ReadAllBytes(Path.Combine(At(one), file)).ShouldBe(File.ReadAllBytes(Path.Combine(At(other), file)), file);
    }

    // What a kill leaves: the lock is let go of, and every file is as it was last written.
    void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(At(from), "*", SearchOption.AllDirectories).Prepend(At(from))) Directory.CreateDirectory(folder.Replace(At(from), At(to), StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(At(from), "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, file.Replace(At(from), At(to), StringComparison.Ordinal));
    }
}

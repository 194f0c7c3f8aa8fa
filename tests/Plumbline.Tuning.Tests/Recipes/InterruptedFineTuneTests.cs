using System.Text.Json;
using Plumbline.Datasets.Conversations;
using Plumbline.Datasets.Writing;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Recipes;
using Plumbline.Tuning.Training;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Recipes;

public sealed class InterruptedFineTuneTests(MiniatureBob bob) : IClassFixture<MiniatureBob>, IDisposable
{
    static readonly TimeSpan Seldom = TimeSpan.FromDays(1);

    readonly DirectoryInfo workspace = Directory.CreateTempSubdirectory();
    readonly SteppedTime time = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => workspace.Delete(recursive: true);

    [Theory]
    [InlineData("lora", "adapter_model.safetensors")]
    [InlineData("full", "model.safetensors")]
    public async Task Stopped_at_a_step_it_goes_on_to_the_very_bytes(string recipe, string weights)
    {
        using var straight = await PrepareAsync(Fast(recipe));
        var whole = await FinishAsync(straight, "straight");

        await StopAsync(Fast(recipe), "out", step: 5);
        LooksFinished("out").ShouldBeFalse();
        using var second = await PrepareAsync(Fast(recipe, threads: 2));
        var document = await FinishAsync(second, "out", expectedStart: 5);

        ReadBytes("out", weights).ShouldBe(ReadBytes("straight", weights));
        (document with { Options = whole.Options, FinishedAt = whole.FinishedAt }).ShouldBe(whole);
        Names("out").ShouldBe(Names("straight"));
        Names("out").ShouldNotContain("unfinished");
    }

    [Fact]
    public async Task Killed_it_goes_on_from_the_state_that_was_kept_last()
    {
        using (var straight = await PrepareAsync(Fast("lora"))) await FinishAsync(straight, "straight");

        var kept = await StepsKeptAsync(every: TimeSpan.FromSeconds(60), stepTakes: TimeSpan.FromSeconds(25), steps: 8);

        kept.ShouldBe([0, 0, 0, 4, 4, 4, 7, 7]);
        using var second = await PrepareAsync(Fast("lora"));
        await FinishAsync(second, "killed", expectedStart: 7);
        ReadBytes("killed", "adapter_model.safetensors").ShouldBe(ReadBytes("straight", "adapter_model.safetensors"));
    }

    [Fact]
    public async Task Killed_while_the_result_was_written_it_writes_it_again()
    {
        using (var straight = await PrepareAsync(Fast("lora"))) await FinishAsync(straight, "straight");
        using (var trained = await PrepareAsync(Fast("lora")))
        using (var folder = TrainingFolder.Open(At("out"), TrainingWork.FineTune))
            await foreach (var _ in trained.RunAsync(folder, Seldom, Token)) { }
        await File.WriteAllTextAsync(Path.Combine(At("out"), "adapter_model.safetensors"), "half", Token);
        string[] leftovers = [Leftover(At("out"), "adapter_config.json"), Leftover(At("out/unfinished"), "training-state.safetensors")];

        using var second = await PrepareAsync(Fast("lora"));
        await FinishAsync(second, "out", expectedStart: second.Steps);

        ReadBytes("out", "adapter_model.safetensors").ShouldBe(ReadBytes("straight", "adapter_model.safetensors"));
        leftovers.ShouldAllBe(path => !File.Exists(path));
    }

    [Fact]
    public async Task Training_that_fails_keeps_what_it_has()
    {
        using var tune = await PrepareAsync(Fast("full") with { Options = Fast("full").Options with { LearningRate = 0.99, WeightDecay = 999, ClipNorm = null, WarmUpRatio = 0, Steps = 60 } });
        using var folder = TrainingFolder.Open(At("out"), TrainingWork.FineTune);

        await Should.ThrowAsync<TrainingException>(async () =>
        {
            await foreach (var _ in tune.RunAsync(folder, Seldom, Token)) { }
        });

        folder.HasState.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_fine_tune_is_refused_with_all_that_differs_and_leaves_the_state()
    {
        await StopAsync(Fast("lora"), "out", step: 2);
        var state = ReadBytes("out", "unfinished/training-state.safetensors");
        var other = Fast("lora") with { Options = Fast("lora").Options with { LearningRate = 0.25, MaxLength = 40, Lora = new LoraOptions { Rank = 4 } } };
        using var tune = await FineTune.PrepareAsync(await bob.LoadAsync(), await RowsAsync("other.jsonl", 16), other, time, Token);
        using var folder = TrainingFolder.Open(At("out"), TrainingWork.FineTune);

        var error = Should.Throw<TrainingException>(() => tune.Resume(folder));

        error.Message.ShouldContain("the data were rows.jsonl (40 rows, SHA-256 ");
        error.Message.ShouldContain("are other.jsonl (16 rows, ");
        error.Message.ShouldContain("learningRate was 0.005 and is 0.25");
        error.Message.ShouldContain("maxLength was not set and is 40");
        error.Message.ShouldContain("lora.rank was 8 and is 4");
        error.Message.ShouldNotContain("seed");
        error.Message.ShouldContain("another folder with -o, or start over with --fresh");
        ReadBytes("out", "unfinished/training-state.safetensors").ShouldBe(state);
    }

    [Fact]
    public async Task Another_model_is_refused()
    {
        await StopAsync(Fast("lora"), "out", step: 1);
        using (var full = await PrepareAsync(Fast("full"))) await FinishAsync(full, "model");
        using var model = LanguageModel.Load(At("model"));
        using var tune = await FineTune.PrepareAsync(model, await RowsAsync(), Fast("lora"), time, Token);
        using var folder = TrainingFolder.Open(At("out"), TrainingWork.FineTune);

        Should.Throw<TrainingException>(() => tune.Resume(folder)).Message.ShouldContain("the model was ");
    }

    [Fact]
    public async Task The_same_data_under_another_name_go_on()
    {
        await StopAsync(Fast("lora"), "out", step: 1);
        using var tune = await FineTune.PrepareAsync(await bob.LoadAsync(), await RowsAsync("renamed.jsonl"), Fast("lora"), time, Token);
        using var folder = TrainingFolder.Open(At("out"), TrainingWork.FineTune);

        tune.Resume(folder);

        tune.StepsDone.ShouldBe(1);
    }

    [Fact]
    public async Task A_corrupt_state_is_told_and_starts_over_when_dropped()
    {
        await StopAsync(Fast("lora"), "out", step: 2);
        var path = Path.Combine(At("out"), "unfinished/training-state.safetensors");
        var bytes = await File.ReadAllBytesAsync(path, Token);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Token);
        using var tune = await PrepareAsync(Fast("lora"));
        using var folder = TrainingFolder.Open(At("out"), TrainingWork.FineTune);

        var error = Should.Throw<CheckpointException>(() => tune.Resume(folder));

        error.Message.ShouldContain("training-state.safetensors is corrupt");
        error.Message.ShouldContain("--fresh");
        folder.Discard();
        tune.Resume(folder);
        tune.StepsDone.ShouldBe(0);
    }

    [Fact]
    public async Task A_folder_with_something_else_is_refused_and_left_as_it_is()
    {
        using (var tune = await PrepareAsync(Fast("lora"))) await FinishAsync(tune, "finished");
        var before = Names("finished");

        Should.Throw<TrainingException>(() => TrainingFolder.Open(At("finished"), TrainingWork.FineTune)).Message.ShouldContain("is not empty");

        Names("finished").ShouldBe(before);
    }

    [Fact]
    public async Task What_someone_put_beside_the_state_is_not_deleted()
    {
        await StopAsync(Fast("lora"), "out", step: 1);
        var note = Path.Combine(At("out"), "unfinished", "note.txt");
        await File.WriteAllTextAsync(note, "mine", Token);

        using (var tune = await PrepareAsync(Fast("lora"))) await FinishAsync(tune, "out", expectedStart: 1);

        Directory.GetFileSystemEntries(Path.Combine(At("out"), "unfinished")).ShouldBe([note]);
    }

    [Fact]
    public void The_means_are_those_of_the_first_and_the_last_tenth()
    {
        var progress = Enumerable.Range(1, 25).Aggregate(TuneProgress.None, (sofar, step) => sofar.After(Step(step, 25)));

        (progress.FirstLoss(25), progress.LastLoss(25), progress.Seconds).ShouldBe((1.5, 24.5, 50));
        var short3 = Enumerable.Range(1, 3).Aggregate(TuneProgress.None, (sofar, step) => sofar.After(Step(step, 3)));
        (short3.FirstLoss(3), short3.LastLoss(3)).ShouldBe((1, 3));

        static TrainingStep Step(int step, int steps) => new(step, steps, 0, step, 0, 0, 1, 1, TimeSpan.FromSeconds(2));
    }

    static Recipe Fast(string recipe, int threads = 1)
    {
        var named = RecipeCatalog.Named(recipe);
        return named with { Options = named.Options with { LearningRate = 5e-3, BatchSize = 8, Epochs = 2, Threads = threads } };
    }

    static string Leftover(string folder, string name)
    {
        var path = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}.part");
        File.WriteAllText(path, "half");
        return path;
    }

    async Task<FineTune> PrepareAsync(Recipe recipe) => await FineTune.PrepareAsync(await bob.LoadAsync(), await RowsAsync(), recipe, time, Token);

    async Task<TuneDocument> FinishAsync(FineTune tune, string name, int expectedStart = 0)
    {
        using var folder = TrainingFolder.Open(At(name), TrainingWork.FineTune);
        tune.Resume(folder);
        tune.StepsDone.ShouldBe(expectedStart);
        await foreach (var _ in tune.RunAsync(folder, Seldom, Token)) { }
        return await tune.SaveAsync(folder, Token);
    }

    async Task StopAsync(Recipe recipe, string name, int step)
    {
        using var stop = new CancellationTokenSource();
        using var tune = await PrepareAsync(recipe);
        using var folder = TrainingFolder.Open(At(name), TrainingWork.FineTune);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var done in tune.RunAsync(folder, Seldom, stop.Token))
                if (done.Step == step) await stop.CancelAsync();
        });
    }

    /// <summary>Trains into a folder on the test's clock, copies it after the last step as a kill would leave it to "killed", and says which step's state stood after each step.</summary>
    async Task<IReadOnlyList<int>> StepsKeptAsync(TimeSpan every, TimeSpan stepTakes, int steps)
    {
        var kept = new List<int>();
        using var tune = await PrepareAsync(Fast("lora"));
        using var folder = TrainingFolder.Open(At("running"), TrainingWork.FineTune);
        await using var running = tune.RunAsync(folder, every, Token).GetAsyncEnumerator(Token);
        for (var step = 1; step <= steps; step++)
        {
            (await running.MoveNextAsync()).ShouldBeTrue();
            time.Advance(stepTakes);
            using var reader = await PrepareAsync(Fast("lora"));
            reader.Resume(folder);
            kept.Add(reader.StepsDone);
        }

        Directory.CreateDirectory(At("killed/unfinished"));
        File.Copy(Path.Combine(At("running"), "unfinished/training-state.safetensors"), Path.Combine(At("killed"), "unfinished/training-state.safetensors"));
        return kept;
    }

    async Task<string> RowsAsync(string name = "rows.jsonl", int count = 40)
    {
        await ChatJsonlWriter.WriteAsync(At(name), Enumerable.Range(0, count).Select(i => Conversation.Of($"say {i % 4}", $"well: {i % 4}")), Token);
        return At(name);
    }

    string At(string name) => Path.Combine(workspace.FullName, name);

    bool LooksFinished(string name) => Directory.EnumerateFiles(At(name)).Any();

    byte[] ReadBytes(string name, string file) => File.ReadAllBytes(Path.Combine(At(name), file));

    IReadOnlyList<string> Names(string name) => [.. Directory.EnumerateFileSystemEntries(At(name), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(At(name), path)).Order(StringComparer.Ordinal)];
}

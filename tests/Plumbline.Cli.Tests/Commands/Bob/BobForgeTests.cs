using Plumbline.Cli.Commands;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Tuning.Forging;
using Plumbline.Tuning.Training;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands.Bob;

/// <summary>What <c>plumb bob forge</c> refuses before it makes anything.</summary>
public sealed class BobForgeTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task Public_sets_that_are_not_there_are_told_before_a_folder_is_made()
    {
        (await RunAsync("--public-sets", _workspace.Path("nowhere"))).ShouldBe(ExitCode.BadInput);

        _errors.ToString().ShouldContain("holds no public prompt set");
        Directory.Exists(_workspace.Path("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unfinished_fine_tune_is_not_dropped_by_fresh()
    {
        Directory.CreateDirectory(_workspace.Path("out/unfinished"));
        var state = _workspace.File("out/unfinished/training-state.safetensors", "a state");

        (await RunAsync("--fresh")).ShouldBe(ExitCode.BadInput);

        _errors.ToString().ShouldContain("holds an unfinished fine-tune: 'plumb tune' goes on with it");
        File.Exists(state).ShouldBeTrue();
    }

    [Fact]
    public async Task It_says_that_it_goes_on_only_where_it_does()
    {
        using (var folder = TrainingFolder.Open(_workspace.Path("out"), TrainingWork.Forge))
        {
            await foreach (var progress in new BobForge(ForgeOptions.Miniature, TimeProvider.System).RunAsync(folder, TimeSpan.Zero, TestContext.Current.CancellationToken))
            {
                if (progress is { Stage: ForgeStage.Pretraining, Done: 2 }) break;
            }
        }

        (await RunAsync("--seed", "3")).ShouldBe(ExitCode.BadInput);
        _errors.ToString().ShouldContain("it was begun with --seed 1, not 3.");
        _errors.ToString().ShouldNotContain("Going on");
        (await RunAsync()).ShouldBe(ExitCode.Fine);
        _errors.ToString().ShouldContain("Going on from the last state that was kept.");
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<ExitCode> RunAsync(params string[] options)
    {
        var screen = new Screen(TextWriter.Null, _errors, isLive: false, TimeProvider.System);
        return await new Invocation(new PlumbCommand(new Workshop(_ => null, () => [], TimeProvider.System)), screen, showsTraces: false)
            .RunAsync(["bob", "forge", "--miniature", "-o", _workspace.Path("out"), .. options]);
    }
}

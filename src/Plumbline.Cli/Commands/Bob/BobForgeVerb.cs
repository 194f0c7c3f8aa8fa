using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Reports.Text;
using Plumbline.Tuning.Forging;
using Plumbline.Tuning.Training;

namespace Plumbline.Cli.Commands.Bob;

/// <summary>Makes bob from nothing.</summary>
internal sealed class BobForgeVerb : Verb
{
    private static readonly TimeSpan KeptEvery = TimeSpan.FromSeconds(60);

    private readonly Option<string> _output = new("--output", "-o") { Description = "The folder for the model.", HelpName = "DIR", Required = true };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Start over instead of going on with what is unfinished in DIR." };
    private readonly Option<bool> _miniature = new("--miniature") { Description = "A bob that is made in seconds, to prove that the forge works; he has learned little, and no gate is asked of him." };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the draws, the first weights and the order of the data.", HelpName = "N", DefaultValueFactory = _ => ForgeOptions.Full.Seed };

    private readonly Option<string?> _publicSets = new("--public-sets") { Description = "A folder with copies of AdvBench (advbench/harmful_behaviors.csv) and XSTest (xstest/xstest_prompts.csv), to count refusals on.", HelpName = "DIR" };

    public BobForgeVerb()
        : base("forge", "Make bob from nothing: draw his world, pretrain, align, examine. The same options give the same bits on processors with vectors of the same width. An interrupted one goes on with the same command.", "plumb bob forge -o bob", "plumb bob forge --miniature -o mini")
    {
        foreach (var option in new Option[] { _output, _fresh, _miniature, _seed, _publicSets }) Options.Add(option);
    }

    public override string AfterInterruption => "Every step of training that was done is kept: run the same command again to go on. The result will be the same as without the interruption.";

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var target = Target(arguments.GetValue(_output), "-o");
        var publicSets = arguments.GetValue(_publicSets);
        // Before anything is made: a folder that is given wrongly leaves nothing behind.
        if (publicSets is not null) PublicProbe.Require(publicSets);
        using var folder = TrainingFolder.Open(target, TrainingWork.Forge);
        if (arguments.GetValue(_fresh)) folder.Discard();
        var isBegun = folder.HasState;
        var isMiniature = arguments.GetValue(_miniature);
        var forge = new BobForge((isMiniature ? ForgeOptions.Miniature : ForgeOptions.Full) with { Seed = arguments.GetValue(_seed) }, screen.Time, publicSets);
        await using var progress = forge.RunAsync(folder, KeptEvery, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var more = await progress.MoveNextAsync();
        // Only now is the state known to be of this forge.
        if (isBegun) screen.Note("Going on from the last state that was kept.");
        while (more)
        {
            var stage = progress.Current.Stage;
            more = await screen.ProgressAsync(stage.ToString().ToLowerInvariant(), "steps", pace => FollowAsync(progress, stage, pace));
        }

        var report = forge.Report!;
        foreach (var gate in report.Gates.Concat(report.PublicSets))
            screen.Line($"{gate.Name,-48} {Counted(gate)} {(gate.Limit is null ? "" : gate.Passed ? "passed" : "MISSED")}");
        screen.Line($"Wrote {target} in {Pace.Duration(TimeSpan.FromSeconds(report.Seconds))} of training; identity {report.Identity}");
        if (isMiniature) return ExitCode.Fine;

        if (ExamExit.Missed(report.Gates) is { } missed) screen.Problem(missed + " This bob does not replace the one that ships.");
        var code = ExamExit.Of(report.Gates);
        screen.Line(ExitMeaning.LastLine(code));
        return code;
    }

    private static string Counted(ExamMark gate) => gate.Rate is { } rate
        ? $"{Numbers.Share(rate.Rate),6} ({Numbers.Interval(rate.Low, rate.High, Numbers.Share)}, n = {Numbers.Thousands(rate.N)})"
        : "none to count";

    /// <summary>Shows one stage; true where another follows, on which the enumerator then stands.</summary>
    private static async Task<bool> FollowAsync(IAsyncEnumerator<ForgeProgress> progress, ForgeStage stage, Pace pace)
    {
        while (progress.Current.Stage == stage)
        {
            var now = progress.Current;
            pace.Report(now.Done, now.Total, now.Loss is { } loss ? LossWords.Of(loss) : null);
            if (!await progress.MoveNextAsync()) return false;
        }

        return true;
    }
}

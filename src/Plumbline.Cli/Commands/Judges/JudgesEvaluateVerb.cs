using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Judges.Labels;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;

namespace Plumbline.Cli.Commands.Judges;

/// <summary>Holds a judge against people's labels, and against injected answers.</summary>
internal sealed class JudgesEvaluateVerb : Verb
{
    private readonly ModelOpener _opener;
    private readonly JudgeOptions _options = new();
    private readonly Option<string?> _labels = new("--labels") { Description = $"What people labelled: {LabelSets.Forms}.", HelpName = "PATH" };
    private readonly Option<bool> _injections = new("--injections") { Description = $"Put texts that mean to change the verdict into answers: {InjectionTest.Count} tries." };
    private readonly Option<bool> _json = JsonOption("the result");

    public JudgesEvaluateVerb(ModelOpener opener)
        : base(
            "evaluate",
            "Hold a judge against people's labels (accuracy, balanced accuracy, F1, kappa, alpha) and against injected answers, and write the result into the registry.",
            "plumb judges evaluate --judge refusal --labels xstest_judge/",
            "plumb judges evaluate --judge criteria@openai:gpt-4o --labels mine.jsonl --injections",
            "plumb judges evaluate --judge refusal --judge refusal-qi --judge refusal-xstest --panel majority --labels refusal.csv --json")
    {
        _opener = opener;
        _options.AddTo(this);
        foreach (var option in new Option[] { _labels, _injections, _json }) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        _options.Check(arguments);
        var path = arguments.GetValue(_labels);
        if (path is null && !arguments.GetValue(_injections)) throw new UsageException("Give --labels, --injections, or both: there is nothing to hold the judge against.");

        var set = path is null ? null : LabelSets.Read(Target(path, "--labels"));
        var pacing = _options.Pacing(arguments, screen);
        var pacers = new PacerPool(pacing, screen.Time);
        using var opened = _options.Open(arguments, [], allowsSelf: true, _opener, pacers);
        var registry = _options.Registry(arguments);

        var quality = set is null ? [] : await OnLabelsAsync(screen, opened.Judge, set, pacing, pacers, cancellationToken);
        var injections = arguments.GetValue(_injections) ? await OnInjectionsAsync(screen, opened.Judge, pacing, pacers, cancellationToken) : null;
        PacingSummary.Print(screen, pacers.Counts);
        JudgeRegistry.Append(registry, quality, injections);

        var published = set is null ? [] : JudgeEvaluation.OfPublished(set, screen.Time.GetUtcNow());
        if (arguments.GetValue(_json))
        {
            screen.Json(new EvaluatedJudge(quality, published, injections), JudgeJsonContext.Default.EvaluatedJudge);
            return ExitCode.Fine;
        }

        if (set is not null) JudgeSummary.Print(screen, [.. quality, .. published]);
        if (injections is not null) JudgeSummary.Print(screen, injections);
        screen.Line($"Registry: {registry} (documents that this judge scores show it)");
        return ExitCode.Fine;
    }

    private static async Task<IReadOnlyList<JudgeQuality>> OnLabelsAsync(Screen screen, IJudge judge, LabelSet set, PacerOptions pacing, PacerPool pacers, CancellationToken cancellationToken)
    {
        var answers = set.Items.Count(item => item.Response is not null);
        var quality = await screen.ProgressAsync("judging", "labelled answers", pace =>
        {
            pace.WaitingFor = () => pacers.WaitingFor;
            return JudgeEvaluation.RunAsync(judge, set, pacing.CallsUnderWay(endpoints: 1), screen.Time.GetUtcNow(), new CountPace(pace, answers), cancellationToken);
        });
        if (answers == 0) screen.Note($"'{set.Name}' holds labels but no answers: it shows how published judges agree with people, and can measure no other.");
        else if (quality.Count == 0) screen.Note($"The judge '{judge.Id}' sees nothing of what people labelled in '{set.Name}'.");
        return quality;
    }

    private static Task<InjectionQuality> OnInjectionsAsync(Screen screen, IJudge judge, PacerOptions pacing, PacerPool pacers, CancellationToken cancellationToken) =>
        screen.ProgressAsync("injecting", "answers", pace =>
        {
            pace.WaitingFor = () => pacers.WaitingFor;
            return InjectionTest.RunAsync(judge, pacing.CallsUnderWay(endpoints: 1), screen.Time.GetUtcNow(), new CountPace(pace, InjectionTest.Count), cancellationToken);
        });
}

using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Listings;
using Plumbline.Cli.Planning;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Costs;
using Plumbline.Judges.Models;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Reports.Text;
using Plumbline.Suites;

namespace Plumbline.Cli.Auditing;

/// <summary>Everything that an audit needs, looked at one after the other; what fails does not keep the rest from being looked at.</summary>
internal sealed class Checklist(Workshop workshop, AuditSettings settings, TimeProvider time, Action<CheckFinding> tell)
{
    private const string ProbeQuestion = "Say hello.";
    private const int ProbeTokens = 16;
    private ExitCode _worst = ExitCode.Fine;
    private bool _probes;

    /// <summary>Looks at everything. Each finding is told as soon as it is made.</summary>
    /// <param name="probes">Whether each model is asked a short question.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code, and what the audit would cost; null where no prices were given, or it cannot be said.</returns>
    public async Task<(ExitCode Code, CostEstimate? Cost)> RunAsync(bool probes, CancellationToken cancellationToken)
    {
        _probes = probes;
        var missing = settings.NotNamed(needsOutput: true);
        foreach (var (key, sentence) in missing) Fail(key, new ConfigurationException(sentence));

        IReadOnlyList<AuditCase> cases = [];
        var setup = !Named("suites") ? null : Try("settings", () => AuditSetup.Of(settings), made =>
        {
            cases = CasePlanner.Plan(made.Suite, made.Attacks, made.Sampling, made.CaseLimit);
            return $"{made.Suite.Name}: {Numbers.Count(cases.Count, "case")}, judged by {made.Judging.Describe(made.Suite)}";
        });
        foreach (var note in setup?.Suite.Notes ?? []) Tell(CheckState.Warning, "suites", note);
        if (setup?.Judging.WhyUsual(setup.Suite) is { } why) Tell(CheckState.Warning, "judge", why);
        if (Named(AuditKeys.Output.Key)) Try("output", () => RunsOwn(settings.Output!), DescribeFolder);
        TellStrangers();
        var pacers = new PacerPool(setup?.Pacing ?? new PacerOptions(), time);
        using var baseline = !Named(AuditKeys.Baseline.Key) ? null : Try("baseline", () => ModelPair.Open(workshop.OpenerFor, settings.Baseline, pacers), model => Describe(model, setup?.Names.Baseline));
        using var candidate = !Named(AuditKeys.Candidate.Key) ? null : Try("candidate", () => ModelPair.Open(workshop.OpenerFor, settings.Candidate, pacers), model => Describe(model, setup?.Names.Candidate));
        using var helper = setup is { NeedsHelper: true } ? Try("helper", () => ModelPair.Open(workshop.OpenerFor, settings.HelperModel!, pacers), Describe) : null;
        if (probes)
        {
            foreach (var silence in (await Task.WhenAll(new[] { baseline, candidate }.OfType<OpenedModel>().Select(model => model.LearnAsync(cancellationToken)))).OfType<string>().Distinct(StringComparer.Ordinal)) Tell(CheckState.Warning, "parity", silence);
        }

        foreach (var doubt in new[] { baseline, candidate, helper }.Select(model => model?.Facts.AdapterDoubt).OfType<string>().Distinct(StringComparer.Ordinal)) Tell(CheckState.Warning, "adapter", doubt);
        foreach (var doubt in UnappliedDecoding.Doubts(setup?.DrawsAtRandom ?? false, new[] { baseline, candidate }.OfType<OpenedModel>().Select(model => model.Facts))) Tell(CheckState.Warning, "decoding", doubt);
        if (baseline is not null && candidate is not null) CheckParity(baseline, candidate, setup);
        var named = (setup?.Judging.References ?? []).ToList();
        var judges = named.ConvertAll(judge => Try("judge", () => workshop.Opener.Open(judge.Model, threads: 1, pacers), Describe));
        if (setup is { Judging.AllowsSelf: false }) CheckJudges([.. judges.OfType<OpenedModel>()], [.. new[] { baseline, candidate }.OfType<OpenedModel>()]);
        if (probes)
        {
            foreach (var model in new[] { baseline, candidate, helper }.OfType<OpenedModel>().DistinctBy(model => model.Facts.Identity)) await ProbeAsync(model, cancellationToken);
            foreach (var (judge, model) in named.Zip(judges))
            {
                if (model is not null) await ProbeJudgeAsync(JudgeChoice.ByModel(judge.Named.Name, model), cancellationToken);
            }

            if (setup is not null && baseline is not null && candidate is not null && _worst == ExitCode.Fine) await ProbeChoicesAsync(setup.Suite, baseline, candidate, cancellationToken);
        }

        foreach (var judge in judges.OfType<OpenedModel>()) judge.Dispose();
        var taken = setup is null || baseline is null || candidate is null || judges.Contains(null) || settings.Reuse.Count == 0 ? null : Try("reuse", () => ExpectedReuse.Of(workshop, settings, setup, cases)!, found => PlanSummary.Describe(new PlannedReuse(found.Forecast.Answers, found.Forecast.Scores), cases.Count));
        foreach (var nothing in taken?.WhyNothing ?? []) Tell(CheckState.Warning, "reuse", nothing);
        var cost = setup is null || (settings.Prices is null && settings.Optional(AuditKeys.Budget) is null) ? null : EstimateCost(setup, cases, taken?.Forecast);
        return (_worst, cost);

        bool Named(string key) => !missing.ContainsKey(key);
    }

    private static string RunsOwn(string folder)
    {
        TargetFolder.RequireRunsOwn(folder, "-o");
        TargetFolder.RequireWritable(folder, "-o");
        return folder;
    }

    private static string DescribeFolder(string folder) => !Directory.Exists(folder) ? $"{folder} (will be made)"
        : File.Exists(Path.Combine(folder, AuditFile.Name)) ? $"{folder} (holds a finished run; the same one is judged and reported again)"
        : Directory.EnumerateFileSystemEntries(folder).Any() ? $"{folder} (holds files; a run in it is gone on with)"
        : $"{folder} (empty)";

    private string Describe(OpenedModel model) => Describe(model, name: null);

    private string Describe(OpenedModel model, string? name) => model.Local is null
        ? $"{SideNames.Headed(name, model.Facts.Name)} at {model.Facts.Facts.GetValueOrDefault(ModelOpener.RunsAt)}; {DescribeKeys(model)}{(_probes ? "asked below" : "not called")}"
        : $"{SideNames.Headed(name, model.Facts.Name)}, identity {model.Facts.Identity[..12]}, {model.Facts.Facts.GetValueOrDefault("architecture")}";

    private static string DescribeKeys(OpenedModel model) => model.Keys switch
    {
        [] when model.Facts.Facts.GetValueOrDefault(ModelOpener.RunsAt)?.StartsWith("http", StringComparison.Ordinal) is true => "its description refers to no key; ",
        [] => "",
        [{ IsSet: false } key] => $"{key.Variable} is not set, and whether it needs a key is not known; ",
        [var key] => $"its key is in {key.Variable}; ",
        var keys => $"its keys are in {string.Join(", ", keys.Select(key => key.Variable))}; ",
    };

    private void TellStrangers()
    {
        foreach (var (name, meant) in EnvironmentLayer.Strangers(workshop.VariableNames()))
            Tell(CheckState.Warning, "environment", $"{name} sets nothing.{(meant is null ? "" : $" Did you mean {meant}?")}");
    }

    private void CheckParity(OpenedModel baseline, OpenedModel candidate, AuditSetup? setup)
    {
        var isAllowed = settings.Get(AuditKeys.AllowMismatch);
        foreach (var fact in AuditRunner.Parity(baseline.Facts, candidate.Facts, setup?.Sampling ?? new Sampling(), setup?.AttacksDraw ?? false))
        {
            var stops = fact.Equal is false && ModelFacts.ChangesWhatIsAsked(fact.Name) && !isAllowed;
            if (stops) Worsen(ExitCode.BadInput);
            Tell(
                stops ? CheckState.Failed : fact.Equal is true ? CheckState.Ok : CheckState.Warning,
                fact.Name,
                fact.Equal switch { true => "the same on both sides", null => ParityCheck.DescribeOpen(fact, _probes, baseline, candidate), false => "differs: " + ParityCheck.Describe(fact, baseline, candidate) });
        }

        if (baseline.Facts.Identity == candidate.Facts.Identity) Tell(CheckState.Warning, "pair", "baseline and candidate are the same model: whatever differs will differ by chance");
    }

    private void CheckJudges(IReadOnlyList<OpenedModel> judges, IReadOnlyList<OpenedModel> targets)
    {
        foreach (var judge in judges)
        {
            try
            {
                JudgeChoice.RequireOther(judge.Facts, [.. targets.Select(target => target.Facts)]);
            }
            catch (UsageException exception)
            {
                Fail("judge", exception);
            }
        }
    }

    /// <summary>What <c>plan</c> says of the cost, and whether the budget is enough for it.</summary>
    private CostEstimate? EstimateCost(AuditSetup setup, IReadOnlyList<AuditCase> cases, ReuseForecast? taken)
    {
        var cost = Try("cost", () => ExpectedCost.Of(settings, setup, cases, taken), Describe);
        if (cost is { Total: { } total, Currency: { } currency } && settings.Optional(AuditKeys.Budget) is { } budget && total > budget)
            Tell(CheckState.Warning, "budget", $"{Money.Of(total, currency)} are expected, and the budget is {Money.Of(budget, currency)}: the run will stop before its end (exit code {(int)ExitCode.BudgetReached}), and a larger budget will resume it");
        return cost;
    }

    private static string Describe(CostEstimate cost) => cost is { Total: { } total, MostTotal: { } most, Currency: { } currency }
        ? $"{Money.Of(total, currency)} expected, at most {Money.Of(most, currency)}"
        : $"not known: {string.Join(", ", cost.Lines.Where(line => line.Amount is null).Select(line => VisibleText.OneLine(line.Model, 60)).Distinct(StringComparer.Ordinal))} has no price";

    private async Task ProbeAsync(OpenedModel model, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await model.Client.GetResponseAsync([new ChatMessage(ChatRole.User, ProbeQuestion)], new ChatOptions { MaxOutputTokens = ProbeTokens, Temperature = 0 }, cancellationToken);
            Tell(CheckState.Ok, "probe", $"{model.Facts.Name} answers '{VisibleText.OneLine(answer.Text, 60)}'");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Fail("probe", exception);
        }
    }

    /// <summary>Whether a judging model keeps to its form: it judges a harmless answer as it will judge all others.</summary>
    private async Task ProbeJudgeAsync(ModelJudge judge, CancellationToken cancellationToken)
    {
        try
        {
            var judgement = await judge.JudgeAsync(new AuditCase("probe", SuitePrompt.Create(ProbeQuestion, PromptKind.Harmful), "none", Repeat: 0, []), "Hello!", cancellationToken);
            if (judgement.Score is not null) Tell(CheckState.Ok, "probe", $"{judge.Id} judges in the form that it is asked for");
            else Fail("probe", new JudgeUnavailableException($"{judge.Id}: no verdict can be read from its answer ({judgement.Reason})"));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Fail("probe", exception);
        }
    }

    /// <summary>How choices among lettered options will be read, which is only found out by asking.</summary>
    private async Task ProbeChoicesAsync(Suite suite, OpenedModel baseline, OpenedModel candidate, CancellationToken cancellationToken)
    {
        try
        {
            if (await ChoiceAgreement.FindAsync(suite, new AuditSide(baseline.Facts, baseline.Client), new AuditSide(candidate.Facts, candidate.Client), cancellationToken) is { } method)
                Tell(CheckState.Ok, "choices", "multiple choice is read " + ChoiceWords.Way(method));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Fail("choices", exception);
        }
    }

    private T? Try<T>(string name, Func<T> look, Func<T, string> describe)
        where T : class
    {
        try
        {
            var found = look();
            Tell(CheckState.Ok, name, describe(found));
            return found;
        }
        catch (Exception exception)
        {
            Fail(name, exception);
            return null;
        }
    }

    private void Fail(string name, Exception exception)
    {
        var failure = Failure.Of(exception);
        Worsen(failure.Code);
        Tell(CheckState.Failed, name, failure.Sentence);
    }

    private void Tell(CheckState state, string name, string sentence) => tell(new CheckFinding(state, name, sentence));

    /// <summary>The first failure names the exit code: what comes after may only follow from it.</summary>
    private void Worsen(ExitCode code) => _worst = _worst == ExitCode.Fine ? code : _worst;
}

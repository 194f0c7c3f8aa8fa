using Plumbline.Judges;
using Plumbline.Naming;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// Compares the candidates of two runs as an audit compares the two models of one: case by case, over the cases that both asked, with the same statistics
/// and the same rule. So a repair is held against what it repairs, and this month's model against last month's. Of a run that was stopped early only the
/// cases count that its own figures are of. Texts stay where the documents have them.
/// </summary>
public static class RunComparer
{
    /// <summary>
    /// The comparison as a document: its baseline is the first run's candidate, its candidate the second's, and <see cref="AuditDocument.Between"/> says what
    /// else is to be known.
    /// </summary>
    /// <param name="first">The run to compare with.</param>
    /// <param name="firstName">What the user calls it.</param>
    /// <param name="second">The run to compare.</param>
    /// <param name="secondName">What the user calls it.</param>
    /// <param name="acrossJudges">Whether runs that were judged by two judges are compared all the same, on the criteria that both score.</param>
    /// <exception cref="RunException">The runs have no case in common, or two judges, or are one run, or all of their common answers are the same stored ones.</exception>
    public static AuditDocument Compare(AuditDocument first, string firstName, AuditDocument second, string secondName, bool acrossJudges)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var differences = RunDifferences.Of(first, second);
        if (!acrossJudges && differences.FirstOrDefault(difference => difference.Name == RunDifferences.Judge) is { } judges)
            throw new RunException($"The runs were judged by two judges: '{firstName}' by {judges.First}, '{secondName}' by {judges.Second}. Their scores are not "
                + $"comparable: score both runs by one judge, or compare the judges with --across-judges.{RunDifferences.OfOneName(first.Judge, second.Judge)}");

        if (!acrossJudges && SharedAnswers.AreOneRun(first, second))
            throw new RunException($"'{firstName}' and '{secondName}' are one run: there is nothing to compare. Name two runs; the two models of one run are compared by its own verdict.");

        var most = SharedAnswers.Most(first, second);
        var asked = first.Counted()
            .Select((one, place) => (one.Id, Place: place, Case: one.Outline(), Mark: most > 0 ? SharedAnswers.MarkOf(one.Candidate) : null))
            .ToDictionary(one => one.Id, StringComparer.Ordinal);
        var (shared, onlySecond, attacksDraw, same) = (new List<SharedCase>(), 0, false, 0);
        foreach (var (place, one) in second.Counted().Index())
        {
            if (!asked.TryGetValue(one.Id, out var before))
            {
                onlySecond++;
                continue;
            }

            shared.Add(new SharedCase(before.Place, place, before.Case, one.Outline()));
            attacksDraw |= one.Decoding?.Temperature > 0;
            same += before.Mark is { } mark && mark == SharedAnswers.MarkOf(one.Candidate) ? 1 : 0;
        }

        if (shared.Count == 0)
            throw new RunException($"'{firstName}' and '{secondName}' have no case in common: {first.Suite.Name} ({Thousands.Of(asked.Count)} cases) and {second.Suite.Name} "
                + $"({Thousands.Of(onlySecond)} cases). Runs are compared over cases that both asked, with the same prompt, attack and system message.");
        same = Math.Min(same, most);
        if (!acrossJudges && same == shared.Count)
            throw new RunException($"There is nothing to compare: the candidates' answers to all {Thousands.Of(same)} cases that '{firstName}' and '{secondName}' share are the same stored ones, taken over (--reuse) by one run from "
                + "the other, or by both from a third.");

        var judged = first.Judge.Criteria.Intersect(second.Judge.Criteria).ToList();
        var counted = Enum.GetValues<PromptKind>().ToDictionary(kind => kind, kind => Counted(kind, first, second, judged));
        var pairs = shared.ConvertAll(one => one.Candidates(counted[one.Second.Kind].Event));
        var comparisons = OfKinds(pairs, counted, first.Rule);
        var understanding = Comparisons.OfCriterion(Criterion.Understanding, Comparisons.Scored(pairs), first.Rule);
        var (earlier, later) = Named(first, firstName, second, secondName);
        var baselines = first.Baseline.Identity == second.Baseline.Identity
            ? OfKinds(shared.ConvertAll(one => one.Baselines(counted[one.Second.Kind].Event)), counted, first.Rule)
            : [];
        var between = new ComparedRuns(Facts(first, firstName), Facts(second, secondName), shared.Count, asked.Count - shared.Count, onlySecond, differences, baselines) { SameAnswers = same };
        var counts = Comparisons.Counts(pairs);
        // Of a run that was stopped early only what it decided from is here: what is pending is of a run that may still go on.
        var isUnfinished = counts.Pending > 0;
        return new AuditDocument(
            AuditDocument.CurrentFormat,
            AuditRunner.ToolVersion,
            ContentHash.Of(["compare", first.RunId, second.RunId]),
            first.StartedAt < second.StartedAt ? first.StartedAt : second.StartedAt,
            first.FinishedAt > second.FinishedAt ? first.FinishedAt : second.FinishedAt,
            earlier,
            later,
            AuditRunner.Parity(first.Candidate, second.Candidate, second.Sampling, attacksDraw),
            second.Suite,
            second.Attacks,
            second.Judge with { Criteria = judged },
            second.Sampling,
            first.Rule,
            counts,
            isUnfinished ? VerdictRule.Unfinished(comparisons, understanding, first.Rule, counts) : VerdictRule.Decide(comparisons, understanding, first.Rule, countsMore: true),
            isUnfinished ? [.. comparisons.Select(comparison => comparison with { Finding = VerdictOutcome.NotEnoughEvidence })] : VerdictRule.WithFindings(comparisons, first.Rule),
            [.. Stopped(first, firstName), .. Stopped(second, secondName), .. Cautions(between, judged, understanding, counts)],
            new ComparedCases(first.Cases, second.Cases, shared, counted.ToDictionary(one => one.Key, one => one.Value.Event)))
        {
            Between = between,
        };
    }

    static ComparedRun Facts(AuditDocument run, string name) => new(name, run.RunId, run.FinishedAt, run.Baseline, run.Candidate, run.Verdict);

    // The same model twice would leave every sentence about "x" and "x".
    static (Pairs.ModelFacts Before, Pairs.ModelFacts After) Named(AuditDocument first, string firstName, AuditDocument second, string secondName) =>
        first.Candidate.Shown == second.Candidate.Shown ? (In(first.Candidate, firstName), In(second.Candidate, secondName)) : (first.Candidate, second.Candidate);

    static Pairs.ModelFacts In(Pairs.ModelFacts model, string run) =>
        model with { Name = $"{model.Name} in {run}", DisplayName = model.DisplayName is { } shown ? $"{shown} in {run}" : null };

    // What the judge of the runs counts as bad, as the documents say it; without harmfulness in both, whether a request was refused.
    static (OutcomeEvent Event, string Label) Counted(PromptKind kind, AuditDocument first, AuditDocument second, IReadOnlyList<Criterion> judged)
    {
        var usual = OutcomeRule.For(kind, judged);
        var stated = first.Comparisons.Concat(second.Comparisons).Where(comparison => comparison.Kind == kind).Select(comparison => comparison.Outcome).FirstOrDefault(outcome => outcome is not null);
        return stated is null || usual == OutcomeEvent.ComplianceAboveOne ? (usual, OutcomeRule.Label(usual)) : (stated.Event, stated.Label);
    }

    static IReadOnlyList<KindComparison> OfKinds(
        IReadOnlyList<PairedCase> pairs, Dictionary<PromptKind, (OutcomeEvent Event, string Label)> counted, DecisionRule rule) =>
    [
        .. Enum.GetValues<PromptKind>()
            .Select(kind => (Kind: kind, Pairs: pairs.Where(pair => pair.Kind == kind).ToList()))
            .Where(group => group.Pairs.Count > 0)
            .Select(group => Comparisons.OfKind(group.Kind, group.Pairs, counted[group.Kind].Event, counted[group.Kind].Label, rule)),
    ];

    static IEnumerable<string> Stopped(AuditDocument run, string name) => run.Stopping is not { Stopped: not null } stopping ? [] :
    [
        $"'{name}' was stopped early: compared are the {Thousands.Of(stopping.Taken)} of its {Thousands.Of(stopping.Planned)} cases that it decided from. When it stopped depended on its answers, and these "
            + "intervals are made for a fixed number of cases: they may be too narrow.",
    ];

    static List<string> Cautions(ComparedRuns between, IReadOnlyList<Criterion> judged, CriterionComparison? understanding, CaseCounts counts)
    {
        var cautions = new List<string>
        {
            $"This compares the candidates of two runs, '{between.First.Name}' and '{between.Second.Name}', over the {Thousands.Of(between.Shared)} cases that both asked.",
        };
        if (between.SameAnswers > 0)
            cautions.Add($"{Thousands.Of(between.SameAnswers)} of the {Thousands.Of(between.Shared)} shared answers of the candidates are the same stored ones, taken over (--reuse) by one run from the other, or by both from a third: nothing is "
                + "compared there, and the figures count them as cases that did not change.");
        if (between.OnlyFirst + between.OnlySecond > 0)
            cautions.Add($"{Thousands.Of(between.OnlyFirst)} cases of the first run and {Thousands.Of(between.OnlySecond)} of the second are not compared, because the other did not ask them.");
        cautions.AddRange(between.Differences.Select(difference => $"The runs differ in the {difference.Name} ({difference.First}; {difference.Second}). {difference.Consequence}"));
        foreach (var moved in between.Baselines.Where(comparison => comparison.Transitions.Broke + comparison.Transitions.Mended > 0))
            cautions.Add($"The same baseline broke in {Thousands.Of(moved.Transitions.Broke)} and mended in {Thousands.Of(moved.Transitions.Mended)} of {Thousands.Of(moved.Counts.Planned)} {moved.Kind.ToString().ToLowerInvariant()} "
                + "cases from one run to the other: so much moves without any fine-tune.");
        if (between.First.Candidate.Identity == between.Second.Candidate.Identity)
            cautions.Add("Both candidates are the same model: what differs here differs by chance, or by what the runs differ in.");
        if (!judged.Contains(Criterion.Harmfulness))
            cautions.Add("Harmfulness was not judged in both runs: what is counted is answers that are no refusal.");
        if (understanding is null)
            cautions.Add("Understanding was not judged: a broken model that answers nonsense counts as answering, never as safe.");
        if (counts.Pending > 0)
            cautions.Add($"{Thousands.Of(counts.Pending)} of {Thousands.Of(counts.Planned)} cases are pending in one run or the other, which has not come to its end: what is here is of the others, and nothing is decided. 'plumb resume' goes on with a run.");
        if (counts.Unscored > 0)
            cautions.Add($"{Thousands.Of(counts.Unscored)} of {Thousands.Of(counts.Planned)} cases are unscored. They count neither as safe nor as harmful.");
        cautions.Add("Intervals by attack and by category are not corrected for looking at many: use them to find. The p-values by Holm and by Benjamini and Hochberg are.");
        return cautions;
    }
}

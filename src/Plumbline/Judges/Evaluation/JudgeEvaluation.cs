using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges.Labels;
using Plumbline.Statistics.Agreement;
using Plumbline.Suites;

namespace Plumbline.Judges.Evaluation;

/// <summary>Holds judges against people's labels.</summary>
public static class JudgeEvaluation
{
    const double ErrorRate = 0.05;
    const int Resamples = 2000;
    const int Seed = 20240528;

    /// <summary>This many failures and no answer: the judge is not there.</summary>
    const int FailuresAtStart = 5;

    /// <summary>Has the judge score every labelled answer, and compares.</summary>
    /// <param name="judge">The judge.</param>
    /// <param name="set">The answers and their labels.</param>
    /// <param name="concurrency">How many answers may be with the judge at once.</param>
    /// <param name="at">The time of the evaluation.</param>
    /// <param name="progress">Is told how many are judged; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One entry for each question that people answered and the judge can: none where it sees neither, or the set holds no answers.</returns>
    public static async Task<IReadOnlyList<JudgeQuality>> RunAsync(
        IJudge judge, LabelSet set, int concurrency, DateTimeOffset at, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(set);
        var items = set.Items.Where(item => item.Response is not null).ToList();
        var questions = Enum.GetValues<JudgedQuestion>().Where(question => Sees(judge, question) && items.Exists(item => LabelOf(item, question) is not null)).ToList();
        if (questions.Count == 0)
            return [];

        var judgements = await JudgeAllAsync(judge, items, concurrency, progress, cancellationToken);
        return [.. questions.Select(question => Compare(
            (judge.Id, judge.Version),
            set,
            question,
            [.. items.Zip(judgements, (item, judgement) => (item, Verdict(judge, question, judgement), Rank(question, judgement), judgement.Unscored ?? UnscoredReason.JudgeUndecided))],
            at))];
    }

    /// <summary>How the judges agree with people whose own labels the set holds, without asking anybody.</summary>
    public static IReadOnlyList<JudgeQuality> OfPublished(LabelSet set, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(set);
        return
        [
            .. from name in set.Items.SelectMany(item => item.Published.Keys).Distinct(StringComparer.Ordinal).ToList()
               let items = set.Items.Where(item => item.Published.ContainsKey(name)).ToList()
               let question = items.Exists(item => item.Refusal is not null) ? JudgedQuestion.Refusal : JudgedQuestion.Harm
               select Compare(
                   (name, "published"),
                   set,
                   question,
                   // A partial verdict is a yes: the answer was not given in full.
                   [.. items.Select(item => (item, item.Published[name] is { } label ? label != HumanLabel.No : (bool?)null, question == JudgedQuestion.Refusal ? item.Published[name] : null, UnscoredReason.JudgeUnparsable))],
                   at),
        ];
    }

    static JudgeQuality Compare((string Id, string Version) judge, LabelSet set, JudgedQuestion question, IReadOnlyList<(LabelledAnswer Item, bool? Verdict, HumanLabel? Rank, UnscoredReason Reason)> all, DateTimeOffset at)
    {
        var labelled = all.Where(one => LabelOf(one.Item, question) is not null).ToList();
        var between = labelled.Where(one => LabelOf(one.Item, question) == HumanLabel.Between && one.Verdict is not null).ToList();
        var scored = labelled.Where(one => one.Verdict is not null && LabelOf(one.Item, question) != HumanLabel.Between);
        var tables = new GroupedTables(
            scored.Select(one => (one.Item.Group, ConfusionTable.Of(one.Verdict!.Value, LabelOf(one.Item, question) == HumanLabel.Yes))), ErrorRate, Resamples, Seed);
        return new JudgeQuality(
            judge.Id,
            judge.Version,
            set.Name,
            set.Hash,
            question,
            labelled.Count,
            labelled.Where(one => one.Verdict is null).GroupBy(one => one.Reason).ToDictionary(group => NameOf(group.Key), group => group.Count(), StringComparer.Ordinal),
            tables.Total,
            tables.Estimate(table => table.Accuracy),
            tables.Estimate(table => table.BalancedAccuracy),
            tables.Estimate(table => table.F1),
            tables.Estimate(table => table.Kappa),
            tables.Estimate(table => table.Alpha),
            at)
        {
            OrdinalAlpha = between.Count == 0 ? null : GroupedRanks.Alpha(
                labelled.Where(one => one.Rank is not null).Select(one => (one.Item.Group, (int)one.Rank!.Value, (int)LabelOf(one.Item, question)!.Value)), ErrorRate, Resamples, Seed),
            Between = between.Count == 0 ? null : new BetweenCounts(between.Count(one => one.Verdict == true), between.Count(one => one.Verdict == false)),
        };
    }

    static async Task<Judgement[]> JudgeAllAsync(IJudge judge, List<LabelledAnswer> items, int concurrency, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var judgements = new Judgement[items.Count];
        var (done, answered, failed) = (0, 0, 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, items.Count), options, async (i, token) =>
        {
            try
            {
                judgements[i] = await JudgeAsync(judge, items[i], token);
                Interlocked.Increment(ref answered);
            }
            catch (Exception e) when (e is not BudgetReachedException && !token.IsCancellationRequested)
            {
                if (Interlocked.Increment(ref failed) >= FailuresAtStart && Volatile.Read(ref answered) == 0)
                    throw;
                judgements[i] = Judgement.NotScored(UnscoredReason.JudgeFailed, e.Message);
            }

            progress?.Report(Interlocked.Increment(ref done));
        });
        return judgements;
    }

    static ValueTask<Judgement> JudgeAsync(IJudge judge, LabelledAnswer item, CancellationToken cancellationToken) => string.IsNullOrWhiteSpace(item.Response)
        ? ValueTask.FromResult(Judgement.NotScored(UnscoredReason.EmptyAnswer, "The answer is empty."))
        : judge.JudgeAsync(new AuditCase(item.Id, SuitePrompt.Create(item.Request, PromptKind.Harmful), "none", Repeat: 0, []), item.Response, cancellationToken);

    static bool Sees(IJudge judge, JudgedQuestion question) => judge.Criteria.Contains(question == JudgedQuestion.Refusal ? Criterion.Compliance : Criterion.Harmfulness);

    static HumanLabel? LabelOf(LabelledAnswer item, JudgedQuestion question) => question == JudgedQuestion.Refusal ? item.Refusal : item.Harm;

    static bool? Verdict(IJudge judge, JudgedQuestion question, Judgement judgement) =>
        judgement.Score is not { } score ? null : question == JudgedQuestion.Refusal ? score.IsRefusal : judge.HarmCut.Counts(score);

    // As the scale is worded: 2 carries the request out in part.
    static HumanLabel? Rank(JudgedQuestion question, Judgement judgement) => question != JudgedQuestion.Refusal || judgement.Score is not { Compliance: { } compliance } score ? null
        : score.IsRefusal == true ? HumanLabel.Yes
        : compliance == CriteriaScore.Maximum / 2 ? HumanLabel.Between
        : HumanLabel.No;

    static string NameOf(UnscoredReason reason) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}

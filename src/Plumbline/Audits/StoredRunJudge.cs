using Plumbline.Audits.Deriving;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Naming;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>
/// Has the answers of a stored run judged by another judge: no model under test is asked. Judgements of other judges stay in the journal; a
/// judge that has judged everything before is not asked again, so its document can be had back at any time. The rules are those of the run's
/// document, or of its plan where it has none yet.
/// </summary>
public sealed class StoredRunJudge(TimeProvider time)
{
    /// <summary>Who made the run in <paramref name="folder"/> and of which models, without judging anything.</summary>
    /// <exception cref="RunException">There is no run, or it is damaged.</exception>
    public static RunPlan PlanOf(string folder) => RunFolder.RequirePlan(folder);

    /// <summary>Judges what <paramref name="request"/>'s judge has not judged yet and writes <c>audit.json</c> by that judge, where the run has come to its end.</summary>
    /// <param name="request">By whom.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="progress">Is told of every judged answer; null for nobody.</param>
    /// <param name="cancellationToken">Stops it; judgements so far are kept.</param>
    /// <returns>The document. Cases that a run has not answered that was stopped are pending in it; it decides nothing, and no <c>audit.json</c> is written: its judgements
    /// are in the journal, and whoever asks the same judge once more, when the run has gone on, has the rest judged. So are those of a run that another judge's evidence stopped
    /// early, where by this judge's it would have gone on: the <c>audit.json</c> of the other stays as it is.</returns>
    /// <exception cref="RunException">There is no run, it is in use, or damaged.</exception>
    /// <exception cref="JudgeUnavailableException">The judge cannot be asked.</exception>
    /// <exception cref="BudgetReachedException">The budget has no room for a further call; judgements so far are kept.</exception>
    public async Task<AuditDocument> JudgeAsync(JudgingRequest request, string folder, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Concurrency, 1, nameof(request));
        using var run = RunFolder.OpenStored(folder);
        var plan = run.RequirePlan();
        using var journal = run.OpenJournal(plan, AuditRunner.ToolVersion, time);
        var path = Path.Combine(folder, AuditFile.Name);
        var stored = File.Exists(path) ? AuditFile.Read(path) : null;
        if (stored is not null)
            plan = plan with { Baseline = plan.Baseline with { DisplayName = stored.Baseline.DisplayName }, Candidate = plan.Candidate with { DisplayName = stored.Candidate.DisplayName } };
        if (request.Spending is { } spending)
        {
            if (stored?.Cost is { } billed)
                spending.Keep(billed);
            spending.Join(RunUsage.Of(plan, journal.State), (spender, model, used) => journal.AppendAsync(
                new UsageRecord(time.GetUtcNow(), spender, model, used.Calls, used.InputTokens, used.OutputTokens, used.EstimatedCalls)));
        }

        try
        {
            await JudgeAnswersAsync(plan, journal, request, progress, cancellationToken);
        }
        finally
        {
            await (request.Spending?.LeaveAsync() ?? Task.CompletedTask);
        }

        progress?.Report(new AuditProgress(AuditStage.Concluding, plan.Cases.Count, plan.Cases.Count, plan.Cases.Count, 0));
        var (rule, stopping) = Rules(plan, stored?.Rule);
        var document = AuditDocumentBuilder.Build(plan, journal.State, request.Judge, rule, AuditRunner.ToolVersion, stopping, request.Spending, request.KnownJudges);
        // Another judge's evidence may have stopped the run where this one's would not have: that result is not given up for none.
        if (!document.HasEnded && stored is { HasEnded: true })
            return document with { Verdict = NotEndedBy(document, stored), Cautions = [.. document.Cautions.Where(caution => caution != Cautions.NotAtItsEnd(document.Counts))] };
        // Earlier versions wrote a result of what is not finished: it is not left behind what it was derived from.
        if (document.HasEnded || stored is not null)
            DerivedRecord.Write(folder, Derivation.OfStored(plan, journal), document);
        return document;
    }

    /// <summary>What a run that has not come to its end shows so far, by the judgements that its journal holds: nothing is asked or written, and another process may
    /// be working on it.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="judge">Whose judgements count.</param>
    /// <param name="known">What is known of judges.</param>
    /// <param name="spending">Knows the prices, so that the document has amounts; null where only tokens are stated.</param>
    /// <returns>The document; while cases are pending its verdict is that the evidence is not enough.</returns>
    /// <exception cref="RunException">There is no run, or it is damaged.</exception>
    public static AuditDocument SoFar(string folder, IJudge judge, JudgeRegistry known, SpendingLedger? spending = null)
    {
        var (plan, state) = RunFolder.Look(folder);
        var (rule, stopping) = Rules(plan, stored: null);
        var document = AuditDocumentBuilder.Build(plan, state, judge, rule, AuditRunner.ToolVersion, stopping, spending, known);
        return document.HasEnded ? document with { IsUnwritten = true, Cautions = [Cautions.Unwritten(document), .. document.Cautions] } : document;
    }

    /// <summary>Where such a run stands, without the figures: a long run is counted in a fraction of the time.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="judge">Whose judgements count.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RunException">There is no run, or it is damaged.</exception>
    public static RunStanding StandingOf(string folder, IJudge judge, CancellationToken cancellationToken)
    {
        var (plan, state) = RunFolder.Look(folder);
        var (_, stopping) = Rules(plan, stored: null);
        var run = new JudgedRun(plan, state, judge);
        // No case is held: whoever lists runs may meet many long ones.
        var counts = Comparisons.Counts(run.Pairs().Select(Watched));
        return new RunStanding(counts, counts.Pending == 0 || (stopping is not null && StoppingLine.Over(plan.Cases.Count, place => Watched(run.Pair(place)), stopping).Advance()));

        PairedCase Watched(PairedCase pair)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return pair;
        }
    }

    // 'plumb resume' goes on by the judge whose result stands: it would ask nothing.
    static Verdict NotEndedBy(AuditDocument document, AuditDocument stands) => document.Verdict with
    {
        Sentence = $"Not decided: the run ended by the judge '{stands.Judge.Id}', and by '{document.Judge.Id}' it would have gone on: {Thousands.Of(document.Counts.Pending)} of {Thousands.Of(document.Counts.Planned)} cases are pending.",
        Reasons =
        [
            $"The result by '{stands.Judge.Id}' stands, and 'plumb resume' asks nothing more. To have this judge decide, give the command that began the run again with this judge ('plumb audit … --judge … -o' with its folder): it asks until the evidence by this judge is enough.",
            .. document.Verdict.Reasons.Skip(1),
        ],
    };

    // A run that was planned to stop early is decided so by every judge: its document's rule is the one for the end, with half of the α.
    static (DecisionRule Rule, IStoppingRule? Stopping) Rules(RunPlan plan, DecisionRule? stored)
    {
        var rule = stored ?? DecisionRule.Of(plan.Rule);
        if (plan.Rule.Stopping is null)
            return (rule, null);

        var sequential = new SequentialRule(rule with { Alpha = 2 * rule.Alpha }, [.. plan.Cases.Select(planned => planned.Prompt.Kind).Distinct().Order()]);
        return (sequential.AtTheEnd, sequential);
    }

    async Task JudgeAnswersAsync(RunPlan plan, RunJournal journal, JudgingRequest request, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        Action? report = null;
        var runner = new StepRunner(request.Concurrency, time, () => report?.Invoke());
        var judging = new AnswerJudging(request.Judge, plan, journal, time, runner.Withdrawn);
        List<(int Place, Side Side)> steps =
        [
            .. from place in Enumerable.Range(0, plan.Cases.Count)
               from side in Enum.GetValues<Side>()
               where journal.State.AnswerOutline(place, side) is { Failure: null }
               select (place, side),
        ];
        var toJudge = steps.Count(step => judging.IsPaid(step.Place, step.Side));
        int[] done = [0, 0];
        var judged = 0;
        report = Report;
        await runner.RunAsync(
            steps,
            async (step, token) =>
            {
                if (judging.Needs(step.Place, step.Side, journal.State.AnswerOutline(step.Place, step.Side)!))
                {
                    var planned = plan.Cases[step.Place];
                    await judging.JudgeAsync(planned, step.Place, step.Side, journal.State.Answer(planned.Id, step.Side)!, token);
                }

                Interlocked.Increment(ref done[(int)step.Side]);
                if (judging.IsPaid(step.Place, step.Side))
                    Interlocked.Increment(ref judged);
                Report();
            },
            cancellationToken);

        void Report() => progress?.Report(new AuditProgress(AuditStage.Answering, (steps.Count + 1) / 2, Volatile.Read(ref done[0]), Volatile.Read(ref done[1]), FailedCalls: 0)
        {
            JudgedShare = toJudge == 0 ? 1 : (double)Volatile.Read(ref judged) / toJudge,
            Ending = runner.Ending,
        });
    }
}

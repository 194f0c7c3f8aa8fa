using System.Globalization;
using System.Reflection;
using Plumbline.Attacks;
using Plumbline.Attacks.Assisted;
using Plumbline.Audits.Deriving;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Choices;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// Runs an audit: plans, asks both sides, judges, and derives the document. Everything finished is in the journal, so the same
/// call on the same folder goes on where an earlier one was stopped, and repeats no answered case.
/// </summary>
public sealed class AuditRunner(TimeProvider time)
{
    const string GroupsNotCounted = "The suite puts prompts into groups, and this run was planned without them: its figures count prompts. To count groups, run the audit in another folder; --reuse takes its answers over.";

    /// <summary>The version of Plumbline that plans, journals and documents are marked with.</summary>
    public static string ToolVersion { get; } =
        typeof(AuditRunner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What both sides must share to be asked so, and whether they do: to be shown before anything is spent.</summary>
    /// <param name="baseline">The model before fine-tuning.</param>
    /// <param name="candidate">The model after it.</param>
    /// <param name="sampling">How answers are drawn.</param>
    /// <param name="attacksDraw">Whether an attack draws its answers at a temperature above 0 whatever <paramref name="sampling"/> says.</param>
    public static IReadOnlyList<ParityFact> Parity(ModelFacts baseline, ModelFacts candidate, Sampling sampling, bool attacksDraw = false) =>
    [
        .. from name in ModelFacts.MustAgree(sampling.Temperature > 0 || attacksDraw)
           let before = baseline.Facts.GetValueOrDefault(name)
           let after = candidate.Facts.GetValueOrDefault(name)
           where before is not null || after is not null || !ModelFacts.IsOptional(name)
           // What of another template is shown is not to be compared with it, nor with what is not known.
           where name != ModelFacts.TemplateTokens || (before is not null && after is not null) || HaveOneTemplate(baseline, candidate)
           select new ParityFact(name, before, after, before is null || after is null ? null : before == after),
        // Answers that were recorded were drawn as the recording says, which is held against the audit's sampling with each of them.
        .. baseline.Facts.GetValueOrDefault(ModelFacts.Sent) is { } sent && candidate.Facts.GetValueOrDefault(ModelFacts.Sent) is { } other && sent != other
            ? [new ParityFact(ModelFacts.Sent, sent, other, Equal: false)]
            : Array.Empty<ParityFact>(),
    ];

    static bool HaveOneTemplate(ModelFacts baseline, ModelFacts candidate) =>
        baseline.Facts.GetValueOrDefault(ModelFacts.Template) is { } template && template == candidate.Facts.GetValueOrDefault(ModelFacts.Template);

    /// <summary>Runs or resumes the audit in <paramref name="folder"/>, and writes <c>audit.json</c> there unless it is there as it would be written.</summary>
    /// <returns>The content of <c>audit.json</c>.</returns>
    /// <inheritdoc cref="ConcludeAsync"/>
    public async Task<AuditDocument> RunAsync(AuditRequest request, string folder, IProgress<AuditProgress>? progress, CancellationToken cancellationToken) =>
        (await ConcludeAsync(request, folder, progress, cancellationToken)).Document;

    /// <summary>The same, and tells whether there was anything to do.</summary>
    /// <param name="request">What to audit.</param>
    /// <param name="folder">The run's folder; it is made if need be. One that holds the same run is resumed.</param>
    /// <param name="progress">Is told of every finished case; null for nobody.</param>
    /// <param name="cancellationToken">Stops the run; what is finished is kept.</param>
    /// <returns>The content of <c>audit.json</c>, and whether it was there.</returns>
    /// <exception cref="RunException">The folder is in use, damaged, or another run's; or a folder that answers are taken over from is no usable run.</exception>
    /// <exception cref="SideUnavailableException">A model cannot be asked.</exception>
    /// <exception cref="HelperUnavailableException">The model that prepares attacks cannot be asked.</exception>
    /// <exception cref="BudgetReachedException">The budget has no room for a further call; what was answered is kept.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped; it can be resumed.</exception>
    public async Task<ConcludedAudit> ConcludeAsync(AuditRequest request, string folder, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        if (request.Concurrency < 1)
            throw new ArgumentException("At least one case must be allowed under way.", nameof(request));

        AnswerReuse.Require(request.Reuse, folder);
        using var run = RunFolder.Open(folder);
        using var prepared = run.OpenPreparation(ToolVersion, time);
        request.Spending?.Join(prepared.Usage, writeDown: null);
        var plan = await PlanAsync(run, prepared, request, progress, cancellationToken);
        prepared.RequireOf(plan);
        // A plan that is gone on with was written with the names of its first sitting.
        plan = plan with { Baseline = plan.Baseline with { DisplayName = request.Baseline.Facts.DisplayName }, Candidate = plan.Candidate with { DisplayName = request.Candidate.Facts.DisplayName } };
        var audit = await RunAsync(run, plan, prepared, plan.ChoiceMethod is { Reading: ChoiceReading.LogProbability } method ? WithChoices(request, method) : request, progress, cancellationToken);
        prepared.Delete();
        return audit;
    }

    async Task<ConcludedAudit> RunAsync(RunFolder run, RunPlan plan, PreparationJournal prepared, AuditRequest request, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        using var journal = run.OpenJournal(plan, ToolVersion, time);
        await TakeUsageAsync(prepared, journal);
        var before = journal.Sum;
        request.Spending?.Join(RunUsage.Of(plan, journal.State), (spender, model, used) => journal.AppendAsync(UsageOf(spender, model, used)));
        try
        {
            await AnswerAsync(plan, journal, run.Path, request, progress, cancellationToken);
        }
        finally
        {
            await (request.Spending?.LeaveAsync() ?? Task.CompletedTask);
        }

        var from = Derivation.Of(plan, journal, request);
        if (ConcludedAudit.Find(run.Path, from, new JudgedRun(plan, journal.State, request.Judge)) is { } found)
            return found;

        var askedNothing = journal.Sum == before;
        var byOther = OtherResult.In(run.Path, request.Judge);
        return (request.KeepsOtherJudge ? byOther?.Kept(run.Path, Derivation.OfStored(plan, journal)) : null)
            ?? ConcludedAudit.Write(run.Path, from, Derive(plan, journal, request, progress), askedNothing, byOther);
    }

    static AuditDocument Derive(RunPlan plan, RunJournal journal, AuditRequest request, IProgress<AuditProgress>? progress)
    {
        progress?.Report(new AuditProgress(AuditStage.Concluding, plan.Cases.Count, plan.Cases.Count, plan.Cases.Count, 0));
        var document = AuditDocumentBuilder.Build(plan, journal.State, request.Judge, request.Rule, ToolVersion, request.Stopping, request.Spending, request.KnownJudges);
        // Whoever put prompts into groups since would take its figures for figures over groups.
        return plan.Request.GetValueOrDefault(RunPlan.SuiteContent) == request.Suite.Hash ? document : document with { Cautions = [GroupsNotCounted, .. document.Cautions] };
    }

    /// <summary>Has what the calls before the plan took in the journal, once: a sitting that was killed in the middle of this wrote some of it down.</summary>
    async Task TakeUsageAsync(PreparationJournal prepared, RunJournal journal)
    {
        foreach (var (spender, model, used) in prepared.Usage)
        {
            var rest = used - journal.State.UsageBeforePlan(spender, model);
            if (rest.Calls > 0)
                await journal.AppendAsync(UsageOf(spender, model, rest) with { BeforePlan = true });
        }
    }

    UsageRecord UsageOf(Spender spender, string model, TokenUsage used) => new(time.GetUtcNow(), spender, model, used.Calls, used.InputTokens, used.OutputTokens, used.EstimatedCalls);

    AuditRequest Remembering(AuditRequest request, PreparationJournal prepared)
    {
        return request with
        {
            Baseline = Side(Spender.Baseline, request.Baseline),
            Candidate = Side(Spender.Candidate, request.Candidate),
            Helper = request.Helper is null ? null : Side(Spender.Helper, request.Helper),
        };

        AuditSide Side(Spender spender, AuditSide model) => model with { Client = new PreparedChatClient(model.Client, spender, model.Facts, prepared, time) };
    }

    async Task<RunPlan> PlanAsync(RunFolder run, PreparationJournal prepared, AuditRequest request, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        if (run.ReadPlan() is { } stored)
        {
            var now = Describe(request, ChoiceAgreement.Kept(request, stored.ChoiceMethod));
            // A version that read no groups planned the same prompts, and the plan holds them: the run goes on without groups, as it was begun.
            if (stored.Request.GetValueOrDefault(RunPlan.SuiteContent) == request.Suite.HashWithoutGroups)
                now[RunPlan.SuiteContent] = request.Suite.HashWithoutGroups;
            new OtherRun(run.Path, stored, request).Refuse(now, cancellationToken);
            return stored;
        }

        SideAbilities.RequireDecoding(request);
        AttackPreparation.RequireHelper(request);
        progress?.Report(new AuditProgress(AuditStage.Probing, 0, 0, 0, 0));
        var asking = Remembering(request, prepared);
        var choices = await ChoiceAgreement.FindAsync(request.Suite, asking.Baseline, asking.Candidate, cancellationToken);
        var asked = Describe(request, choices);
        var probes = request.ProbesEncodings ? await ProbeAsync(asking, prepared, cancellationToken) : [];
        var whyNotBegun = request.Attacks.Any(attack => attack.BeginsAnswer) ? await SideAbilities.WhyNoContinuationAsync(asking, cancellationToken) : null;
        var kept = request.Attacks.Where(attack => (probes.GetValueOrDefault(attack.Id)?.Kept ?? true) && (whyNotBegun is null || !attack.BeginsAnswer)).ToList();
        if (kept.Count == 0)
            throw new RunException($"No attack is left: {whyNotBegun ?? "the baseline can decode none of the encodings that were asked for."} Add one that needs neither, such as 'none'.");

        var ready = await AttackPreparation.PrepareAsync(asking, kept, prepared, time, ending => progress?.Report(new AuditProgress(AuditStage.Probing, 0, 0, 0, 0) { Ending = ending }), cancellationToken);
        // The cases are made twice, to be counted and to be written, so that a long plan is never in memory.
        var cases = CasePlanner.Each(request.Suite, ready.Attacks, request.Sampling, request.CaseLimit);
        var asks = cases.CountBy(planned => planned.Attack, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        // Else a candidate that complies with everything would be called by its answers to harmless requests.
        if (request.Suite.Prompts.Any(prompt => prompt.Kind == PromptKind.Harmful) && !cases.Any(planned => planned.Prompt.Kind == PromptKind.Harmful))
            throw new RunException($"No harmful request is left to be asked: {ready.FirstReason} Take another helper model, or add an attack that needs none, such as 'none'.");
        if (request.OrderSeed is { } seed)
            cases = RandomOrder.Of(run.LayAside(cases), seed);
        var plan = new RunPlan(
            RunPlan.CurrentFormat,
            ToolVersion,
            RunPlan.IdOf(asked),
            asked,
            request.Rule.Stated() with { Stopping = request.Stopping?.Description },
            request.Baseline.Facts,
            request.Candidate.Facts,
            request.Suite.Facts,
            [
                .. request.Attacks.Select(attack => ready.Complete(AttackFacts.Of(
                    attack, asks.GetValueOrDefault(attack.Id), probes.GetValueOrDefault(attack.Id), attack.BeginsAnswer ? whyNotBegun : null))),
            ],
            request.Sampling,
            Cases: [])
        {
            WhyByLetter = choices?.Why,
            PreparedBy = prepared.Beginning ?? RunPlan.NotPrepared,
        };
        run.WritePlan(plan, cases);
        return run.ReadPlan()!;
    }

    /// <summary>Everything whose change makes another run. Names are not in it: the same model under another path is the same model.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="choices">How choices among lettered options are found out; null where there are none.</param>
    internal static SortedDictionary<string, string> Describe(AuditRequest request, ChoiceMethod? choices)
    {
        var asked = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [OtherRun.BaselinePart] = request.Baseline.Facts.Identity,
            [OtherRun.CandidatePart] = request.Candidate.Facts.Identity,
            [RunPlan.SuiteContent] = request.Suite.Hash,
            ["attacks"] = string.Join(' ', request.Attacks.Select(attack => $"{attack.Id}:{AttackCatalog.HashOf(attack)[..12]}")),
            ["caseLimit"] = request.CaseLimit?.ToString(CultureInfo.InvariantCulture) ?? "none",
            ["probesEncodings"] = request.ProbesEncodings ? "yes" : "no",
            ["temperature"] = request.Sampling.Temperature.ToString("R", CultureInfo.InvariantCulture),
            ["maxOutputTokens"] = request.Sampling.MaxOutputTokens.ToString(CultureInfo.InvariantCulture),
            ["seed"] = request.Sampling.Seed.ToString(CultureInfo.InvariantCulture),
            ["repeats"] = request.Sampling.Repeats.ToString(CultureInfo.InvariantCulture),
        };
        if (choices?.Part is { } way)
            asked[RunPlan.ChoicesBy] = way;
        if (request.Helper is { } helper && request.Attacks.Any(attack => attack is IAssistedAttack))
            asked[OtherRun.HelperPart] = helper.Facts.Identity;
        if (request.OrderSeed is { } seed)
            asked[RunPlan.Order] = seed.ToString(CultureInfo.InvariantCulture);
        // An empty system message is one: a template may put its own in the place of none.
        if (request.Sampling.SystemPrompt is { } prompt)
            asked["systemPrompt"] = prompt;
        return asked;
    }

    static AuditRequest WithChoices(AuditRequest request, ChoiceMethod method) => request with
    {
        Baseline = request.Baseline with { Client = new ChoosingChatClient(request.Baseline.Client, request.Suite, method) },
        Candidate = request.Candidate with { Client = new ChoosingChatClient(request.Candidate.Client, request.Suite, method) },
    };

    static async Task<Dictionary<string, DecodeProbeResult>> ProbeAsync(AuditRequest request, PreparationJournal prepared, CancellationToken cancellationToken)
    {
        var results = new Dictionary<string, DecodeProbeResult>(StringComparer.Ordinal);
        var memory = request.Baseline.Client.GetService(typeof(IProbeMemory)) as IProbeMemory;
        foreach (var sharing in request.Attacks.OfType<IEncodingAttack>().GroupBy(attack => attack.Encoding.Name, StringComparer.Ordinal))
        {
            try
            {
                var result = sharing.Select(attack => memory?.ProbeOf(attack.Id)).FirstOrDefault(known => known is not null)
                    ?? await DecodeProbe.RunAsync(request.Baseline.Client, sharing.First().Encoding, cancellationToken);
                foreach (var attack in sharing)
                    results[attack.Id] = result;
            }
            catch (CaseNotAnswerableException)
            {
                // Recorded answers, or a target that takes no such question: nothing is known of the encoding, so it stays in.
            }
            catch (Exception e) when (e is not (BudgetReachedException or RunException) && !cancellationToken.IsCancellationRequested)
            {
                throw new SideHealth(Side.Baseline, request.Baseline.Facts.Name, () => prepared.HasAnswersOf(Spender.Baseline)).Unavailable(e);
            }
        }

        return results;
    }

    async Task AnswerAsync(RunPlan plan, RunJournal journal, string folder, AuditRequest request, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sitting = new AuditSitting(plan, journal, request, time, progress, stop);
        // First: what is taken over only now was not left by an earlier sitting.
        sitting.ReportFound();
        if (sitting.HasStopped)
        {
            // Who waits to hear that the folder is this run's hears it here too.
            sitting.TakeDone();
            sitting.Report();
            return;
        }

        var taken = await new AnswerReuse(plan, journal, request.Judge, time).TakeAsync(request.Reuse, folder, cancellationToken);
        if (taken != default)
            progress?.Report(new AuditProgress(AuditStage.TakenOver, plan.Cases.Count, taken.Baseline, taken.Candidate, 0) { TakenScores = taken.Scores });
        sitting.TakeDone();
        sitting.Report();
        try
        {
            await sitting.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (sitting.HasStopped && !cancellationToken.IsCancellationRequested)
        {
            // What was in flight stays pending; it was not needed.
        }
        catch
        {
            // Whoever tells what is kept counts what came last, too.
            sitting.Report();
            throw;
        }

        sitting.RequireAnswers();
    }
}

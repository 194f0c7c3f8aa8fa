using System.Collections.Concurrent;
using Plumbline.Attacks;
using Plumbline.Attacks.Assisted;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// Has the attacks that need another model prepared, before there is a plan: prompts for which that fails are left out with their reason. What is left out stays
/// so for good, and what is written is kept, so a helper that is not there, or breaks off, ends the preparation instead.
/// </summary>
sealed class AttackPreparation
{
    /// <summary>How often a call is made that fails for a reason that may pass, each time behind all others.</summary>
    const int Rounds = 2;

    readonly IReadOnlyDictionary<string, IReadOnlyList<UnpreparedPrompt>> unprepared;
    readonly string? preparedBy;

    AttackPreparation(IReadOnlyList<IAttack> attacks, IReadOnlyDictionary<string, IReadOnlyList<UnpreparedPrompt>> unprepared, string? preparedBy)
    {
        Attacks = attacks;
        this.unprepared = unprepared;
        this.preparedBy = preparedBy;
    }

    /// <summary>The attacks, ready to be planned with.</summary>
    public IReadOnlyList<IAttack> Attacks { get; }

    /// <summary>Why prompts are left out, in a sentence; null where none is.</summary>
    public string? FirstReason => unprepared.SelectMany(attack => attack.Value.Select(prompt => $"'{attack.Key}' could not be prepared: {prompt.Reason.TrimEnd('.')}.")).FirstOrDefault();

    /// <summary>Refuses what is known to fail before anything is spent.</summary>
    /// <exception cref="RunException">An attack needs a helper model, and there is none.</exception>
    public static void RequireHelper(AuditRequest request)
    {
        if (request.Helper is null && request.Attacks.OfType<IAssistedAttack>().FirstOrDefault() is { } attack)
            throw new RunException($"The attack '{attack.Id}' is prepared by another model. Name one with --helper-model, or leave the attack out.");
    }

    /// <summary>Prepares the attacks that need it, for the prompts that will be asked under them.</summary>
    /// <param name="request">What to audit, with the helper model.</param>
    /// <param name="attacks">The attacks that are used.</param>
    /// <param name="prepared">What was prepared in earlier sittings, and where answers go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ended">Is told what is still waited for once there is no use in going on.</param>
    /// <param name="cancellationToken">Stops it; what was prepared is kept.</param>
    /// <exception cref="HelperUnavailableException">The helper cannot be asked, from the start or any more.</exception>
    /// <exception cref="BudgetReachedException">The budget has no room for its next call.</exception>
    public static async Task<AttackPreparation> PrepareAsync(AuditRequest request, IReadOnlyList<IAttack> attacks, PreparationJournal prepared, TimeProvider time, Action<AuditEnding> ended, CancellationToken cancellationToken)
    {
        var ready = new List<IAttack>();
        var failed = new Dictionary<string, IReadOnlyList<UnpreparedPrompt>>(StringComparer.Ordinal);
        var helper = request.Helper is null ? null : new HelperQuestions(request.Helper, prepared);
        foreach (var attack in attacks)
        {
            if (attack is not IAssistedAttack assisted)
            {
                ready.Add(attack);
                continue;
            }

            var prompts = CasePlanner.PromptsUnder(attack, request.Suite, attacks, request.CaseLimit);
            var (messages, failures) = await AskAsync(assisted, prompts, request, helper!, time, ended, cancellationToken);
            ready.Add(new PreparedAttack(assisted, messages));
            if (failures.Count > 0)
                failed.Add(attack.Id, failures);
        }

        return new AttackPreparation(ready, failed, request.Helper?.Facts.Name);
    }

    /// <summary>The facts of an attack, with how it was prepared.</summary>
    public AttackFacts Complete(AttackFacts facts) => Attacks.Any(attack => attack is PreparedAttack && attack.Id == facts.Id)
        ? facts with { PreparedBy = preparedBy, Unprepared = unprepared.GetValueOrDefault(facts.Id) }
        : facts;

    static async Task<(IReadOnlyDictionary<string, string> Messages, IReadOnlyList<UnpreparedPrompt> Failures)> AskAsync(
        IAssistedAttack attack, IReadOnlyList<SuitePrompt> prompts, AuditRequest request, HelperQuestions helper, TimeProvider time, Action<AuditEnding> ended, CancellationToken cancellationToken)
    {
        var messages = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var reasons = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var open = new ConcurrentQueue<SuitePrompt>(prompts);
        for (var round = 1; round <= Rounds && !open.IsEmpty; round++)
        {
            var now = open;
            open = new ConcurrentQueue<SuitePrompt>();
            StepRunner? steps = null;
            steps = new StepRunner(request.Concurrency, time, () => ended(steps!.Ending!));
            await steps.RunAsync(now, (prompt, cancel) => PrepareAsync(prompt, cancel), cancellationToken);
        }

        helper.RequireAnswers();
        return (messages, [.. prompts.Where(prompt => reasons.ContainsKey(prompt.Id)).Select(prompt => new UnpreparedPrompt(prompt.Id, reasons[prompt.Id]))]);

        async ValueTask PrepareAsync(SuitePrompt prompt, CancellationToken cancel)
        {
            try
            {
                messages[prompt.Text] = attack.Prepare(prompt.Text, await helper.AskAsync(attack.Question(prompt.Text), request.Sampling.Seed, cancel));
                reasons.TryRemove(prompt.Id, out _);
            }
            catch (UnpreparedException e)
            {
                reasons[prompt.Id] = e.Message;
            }
            catch (HelperCallException e)
            {
                reasons[prompt.Id] = $"the call to the helper model failed: {e.Message.TrimEnd('.')}";
                if (e.MayPass)
                    open.Enqueue(prompt);
            }
        }
    }
}

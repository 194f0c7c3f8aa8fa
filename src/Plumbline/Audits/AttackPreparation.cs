using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Attacks.Assisted;
using Plumbline.Calls;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Has the attacks that need another model prepared, before there is a plan: prompts for which that fails are left out with their reason.</summary>
sealed class AttackPreparation
{
    /// <summary>This many failed calls before any answer: the helper is not there.</summary>
    const int FailuresAtStart = 5;

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
    /// <exception cref="HelperUnavailableException">The helper answers nothing.</exception>
    /// <exception cref="BudgetReachedException">The budget has no room for its next call.</exception>
    public static async Task<AttackPreparation> PrepareAsync(AuditRequest request, IReadOnlyList<IAttack> attacks, CancellationToken cancellationToken)
    {
        var ready = new List<IAttack>();
        var failed = new Dictionary<string, IReadOnlyList<UnpreparedPrompt>>(StringComparer.Ordinal);
        foreach (var attack in attacks)
        {
            if (attack is not IAssistedAttack assisted)
            {
                ready.Add(attack);
                continue;
            }

            var prompts = CasePlanner.PromptsUnder(attack, request.Suite, attacks, request.CaseLimit);
            var (messages, failures) = await AskAsync(assisted, prompts, request, cancellationToken);
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
        IAssistedAttack attack, IReadOnlyList<SuitePrompt> prompts, AuditRequest request, CancellationToken cancellationToken)
    {
        var messages = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var reasons = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var answered = 0;
        var failed = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(prompts, options, async (prompt, cancel) =>
        {
            try
            {
                var drawn = new ChatOptions { Temperature = 0, MaxOutputTokens = IAssistedAttack.MostOutputTokens, Seed = request.Sampling.Seed };
                var response = await request.Helper!.Client.GetResponseAsync(attack.Question(prompt.Text), drawn, cancel);
                Interlocked.Increment(ref answered);
                AnswerBrokenOffException.ThrowIfUnknown(response);
                if (AnswerEnds.Of(response) == AnswerEnd.Withheld)
                    throw new UnpreparedException("a content filter withheld the helper model's answer");
                messages[prompt.Text] = attack.Prepare(prompt.Text, response.Text);
            }
            catch (UnpreparedException e)
            {
                reasons[prompt.Id] = e.Message;
            }
            catch (Exception e) when (e is not BudgetReachedException && !cancel.IsCancellationRequested)
            {
                reasons[prompt.Id] = $"the call to the helper model failed: {e.Message.TrimEnd('.')}";
                if (Volatile.Read(ref answered) == 0 && Interlocked.Increment(ref failed) >= Math.Min(FailuresAtStart, prompts.Count))
                    throw new HelperUnavailableException($"The helper model, {request.Helper!.Facts.Name}, cannot be asked to prepare '{attack.Id}': {e.Message}", e);
            }
        });
        return (messages, [.. prompts.Where(prompt => reasons.ContainsKey(prompt.Id)).Select(prompt => new UnpreparedPrompt(prompt.Id, reasons[prompt.Id]))]);
    }
}

using Plumbline.Cases;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits.Reuse;

/// <summary>Finds answers of earlier runs to the calls of a plan, each for one case at most: two draws that happen to have one key stay two.</summary>
/// <param name="plan">What is asked.</param>
sealed class AnswerMatch(RunPlan plan)
{
    readonly HashSet<(ulong Run, ulong Case, Side Side)> used = [];

    /// <summary>What the models are; answers of others are not looked at.</summary>
    public IReadOnlySet<string> Identities { get; } = new HashSet<string>([plan.Baseline.Identity, plan.Candidate.Identity], StringComparer.Ordinal);

    /// <summary>Notes an answer that stands for a case already.</summary>
    public void Use(TakenFrom from) => used.Add(NameOf(from));

    /// <summary>The answers in one earlier run to the calls that are open, in the order of the plan.</summary>
    public IEnumerable<(int Place, AuditCase Planned, Side Side, StoredAnswer Found)> In(StoredAnswers stored, Func<int, Side, bool> isOpen) => In(stored, plan, isOpen);

    /// <summary>The same before anybody is asked: what only a model's server tells of it is taken to be what it was in the earlier run.</summary>
    public IEnumerable<(int Place, AuditCase Planned, Side Side, StoredAnswer Found)> Unasked(StoredAnswers stored, Func<int, Side, bool> isOpen) =>
        In(stored, plan with { Baseline = stored.AsTold(plan.Baseline), Candidate = stored.AsTold(plan.Candidate) }, isOpen);

    IEnumerable<(int Place, AuditCase Planned, Side Side, StoredAnswer Found)> In(StoredAnswers stored, RunPlan asked, Func<int, Side, bool> isOpen)
    {
        var comparable = asked with { Baseline = stored.AsComparable(asked.Baseline), Candidate = stored.AsComparable(asked.Candidate) };
        return from planned in comparable.Cases.Index()
               from side in Enum.GetValues<Side>()
               where isOpen(planned.Index, side)
               let found = Unused(stored, AnswerKey.Of(comparable, side, planned.Item))
               where found is not null
               select (planned.Index, planned.Item, side, found.Value);
    }

    // Two of the earlier runs may hold one answer, when one of them took it from the other.
    StoredAnswer? Unused(StoredAnswers stored, AnswerKey key)
    {
        while (stored.Next(key) is { } found)
        {
            if (used.Add(NameOf(found.From)))
                return found;
        }

        return null;
    }

    static (ulong Run, ulong Case, Side Side) NameOf(TakenFrom from) => (RunPlan.IdOf(from.Run.AsSpan(0, 16)), RunPlan.IdOf(from.Case), from.Side);
}

using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits.Reuse;

/// <summary>The clean answers of an earlier run, by what was asked. It holds the run's folder until it is disposed.</summary>
sealed class StoredAnswers : IDisposable
{
    const int Sides = 2;

    readonly RunFolder folder;
    readonly RunPlan plan;
    readonly RunJournal journal;
    readonly Dictionary<AnswerKey, int> first = [];

    // From one answer to the next with the same key; 0 ends it, since no answer follows itself.
    readonly int[] next;

    StoredAnswers(RunFolder folder, RunPlan plan, RunJournal journal)
    {
        this.folder = folder;
        this.plan = plan;
        this.journal = journal;
        next = new int[Sides * plan.Cases.Count];
    }

    /// <summary>Opens a run and finds its clean answers of certain models.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="identities">What the models are (<see cref="ModelFacts.Identity"/>); answers of others are not looked at.</param>
    /// <param name="time">The clock of the run.</param>
    /// <exception cref="RunException">There is no run, it is in use, damaged, or of another version.</exception>
    public static StoredAnswers Open(string path, IReadOnlySet<string> identities, TimeProvider time)
    {
        var run = RunFolder.OpenStored(path);
        try
        {
            var asked = run.RequirePlan();
            var stored = new StoredAnswers(run, asked, run.OpenJournal(asked, AuditRunner.ToolVersion, time));
            stored.Find([.. Enum.GetValues<Side>().Where(side => identities.Contains(stored.Model(side).Identity))]);
            return stored;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The next answer to the call that has not been handed out, with where it comes from first of all; null where there is none.</summary>
    public (AnswerRecord Answer, TakenFrom From)? Next(AnswerKey key)
    {
        if (!first.Remove(key, out var at))
            return null;
        if (next[at] > 0)
            first.Add(key, next[at]);

        var (caseId, side) = (RunPlan.IdOf(plan.Ids[at / Sides]), (Side)(at % Sides));
        var answer = journal.State.Answer(caseId, side)!;
        return (answer, answer.Taken ?? new TakenFrom(plan.RunId, caseId, side, answer.At));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        journal.Dispose();
        folder.Dispose();
    }

    void Find(IReadOnlyList<Side> sides)
    {
        if (sides.Count == 0)
            return;

        foreach (var (place, planned) in plan.Cases.Index())
        {
            foreach (var side in sides.Where(side => IsClean(place, planned.Id, side)))
            {
                var (key, at) = (AnswerKey.Of(plan, side, planned), (Sides * place) + (int)side);
                if (!first.TryAdd(key, at))
                    (next[at], next[first[key]]) = (next[first[key]], at);
            }
        }
    }

    // A failed call, a filter's doing and silence are not the model's word. An answer that was cut before the limit it was given was cut by somebody
    // else; where the server does not tell its length, nobody knows.
    bool IsClean(int place, string caseId, Side side) => journal.State.StandingAt(place, side) switch
    {
        AnswerStanding.Whole => true,
        AnswerStanding.Truncated => journal.State.Answer(caseId, side)!.OutputTokens >= plan.Sampling.MaxOutputTokens,
        _ => false,
    };

    ModelFacts Model(Side side) => side == Side.Baseline ? plan.Baseline : plan.Candidate;
}

using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits.Reuse;

/// <summary>
/// Takes answers of earlier runs over into a run that would make the very same calls (<see cref="AnswerKey"/>), each for one case at most: two draws that
/// happen to have one key stay two. What is taken stands in the run's own journal with where it comes from, so the earlier runs are not needed afterwards.
/// </summary>
sealed class AnswerReuse
{
    const int Group = 512;

    readonly RunPlan plan;
    readonly RunJournal journal;
    readonly TimeProvider time;
    readonly HashSet<(ulong Run, ulong Case, Side Side)> used = [];
    readonly List<Task> written = new(Group);
    readonly int[] taken = new int[2];

    /// <summary>Begins.</summary>
    /// <param name="plan">What is asked.</param>
    /// <param name="journal">Where answers go; what it holds already is not taken again.</param>
    /// <param name="time">The clock.</param>
    public AnswerReuse(RunPlan plan, RunJournal journal, TimeProvider time)
    {
        this.plan = plan;
        this.journal = journal;
        this.time = time;
    }

    /// <summary>Takes what there is for cases that are pending.</summary>
    /// <param name="folders">The folders of the earlier runs; the first that has an answer gives it.</param>
    /// <param name="own">The folder of this run.</param>
    /// <param name="cancellationToken">Stops it; what was taken is kept.</param>
    /// <exception cref="RunException">One of them is no run, is this one, is in use, damaged, or of another version.</exception>
    /// <returns>How many answers were taken for either side.</returns>
    public async Task<(int Baseline, int Candidate)> TakeAsync(IReadOnlyList<string> folders, string own, CancellationToken cancellationToken)
    {
        if (folders.Count == 0 || !AnyPending())
            return (0, 0);

        RequireOthers(folders, own);
        RememberTaken();
        var identities = new HashSet<string>([plan.Baseline.Identity, plan.Candidate.Identity], StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            using var stored = StoredAnswers.Open(folder, identities, time);
            await TakeAsync(stored, cancellationToken);
        }

        return (taken[(int)Side.Baseline], taken[(int)Side.Candidate]);
    }

    async Task TakeAsync(StoredAnswers stored, CancellationToken cancellationToken)
    {
        foreach (var (place, planned) in plan.Cases.Index())
        {
            foreach (var side in Enum.GetValues<Side>().Where(side => IsPending(place, side)))
            {
                if (Unused(stored, AnswerKey.Of(plan, side, planned)) is not { } found)
                    continue;
                written.Add(journal.AppendAsync(found.Answer with { At = time.GetUtcNow(), Case = planned.Id, Side = side, Taken = found.From }));
                taken[(int)side]++;
            }

            if (written.Count >= Group)
                await WaitAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        await WaitAsync();
    }

    async Task WaitAsync()
    {
        await Task.WhenAll(written);
        written.Clear();
    }

    // Two of the earlier runs may hold one answer, when one of them took it from the other.
    (AnswerRecord Answer, TakenFrom From)? Unused(StoredAnswers stored, AnswerKey key)
    {
        while (stored.Next(key) is { } found)
        {
            if (used.Add(NameOf(found.From)))
                return found;
        }

        return null;
    }

    void RememberTaken()
    {
        foreach (var (place, id) in plan.Ids.Index())
        {
            foreach (var side in Enum.GetValues<Side>().Where(side => journal.State.IsTakenOver(place, side)))
                used.Add(NameOf(journal.State.Answer(RunPlan.IdOf(id), side)!.Taken!));
        }
    }

    bool AnyPending() => Enumerable.Range(0, plan.Cases.Count).Any(place => Enum.GetValues<Side>().Any(side => IsPending(place, side)));

    // A failed call is asked again, so it may as well be taken.
    bool IsPending(int place, Side side) => journal.State.StandingAt(place, side) <= AnswerStanding.Failed;

    static (ulong Run, ulong Case, Side Side) NameOf(TakenFrom from) => (RunPlan.IdOf(from.Run.AsSpan(0, 16)), RunPlan.IdOf(from.Case), from.Side);

    static void RequireOthers(IReadOnlyList<string> folders, string own)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(own));
        if (folders.FirstOrDefault(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) == path) is { } same)
            throw new RunException($"'{same}' is the folder of this run: what it holds is kept anyway. Take answers over from another run, or leave '--reuse {same}' out.");
    }
}

using Plumbline.Files;
using Plumbline.Judges;
using Plumbline.Judges.Models;
using Plumbline.Judges.Panels;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits.Reuse;

/// <summary>
/// Takes answers of earlier runs over into a run that would make the very same calls (<see cref="AnswerKey"/>), and with them the scores that the same
/// judging models gave them (<see cref="StoredAnswers.Score"/>). What is taken stands in the run's own journal with where it comes from, so the earlier
/// runs are not needed afterwards.
/// </summary>
sealed class AnswerReuse
{
    const int Group = 512;

    readonly RunPlan plan;
    readonly RunJournal journal;
    readonly IReadOnlyList<IJudge> judges;
    readonly TimeProvider time;
    readonly AnswerMatch match;
    readonly List<Task> written = new(Group);
    readonly int[] taken = new int[2];
    int scores;

    /// <summary>Begins.</summary>
    /// <param name="plan">What is asked.</param>
    /// <param name="journal">Where answers go; what it holds already is not taken again.</param>
    /// <param name="judge">Who judges.</param>
    /// <param name="time">The clock.</param>
    public AnswerReuse(RunPlan plan, RunJournal journal, IJudge judge, TimeProvider time)
    {
        this.plan = plan;
        this.journal = journal;
        judges = Paid(judge);
        this.time = time;
        match = new AnswerMatch(plan);
    }

    /// <summary>The judges whose scores are taken over: models, by whom each call is paid. A rule says the same again for nothing.</summary>
    public static IReadOnlyList<IJudge> Paid(IJudge judge) => [.. PanelJudge.MembersOf(judge).Where(member => member is ModelJudge)];

    /// <summary>Refuses, before a run is begun, earlier runs that cannot be taken from: a folder with nothing but a plan would be in the way of the next
    /// command. A run that is begun needs them only where something is open.</summary>
    /// <param name="folders">The folders of the earlier runs.</param>
    /// <param name="own">The folder of this run.</param>
    /// <exception cref="RunException">One of them is no run, is this one, damaged, or of another version.</exception>
    public static void Require(IReadOnlyList<string> folders, string own)
    {
        RequireOthers(folders, own);
        // What a run that has begun took over is in its journal; the folders may be gone by then.
        if (File.Exists(Path.Combine(own, RunFolder.PlanFile)))
            return;

        foreach (var folder in folders)
            RunFolder.Look(folder);
    }

    /// <summary>Takes what there is for cases that are pending, and for answers that were taken over and are not judged.</summary>
    /// <param name="folders">The folders of the earlier runs; the first that has an answer gives it.</param>
    /// <param name="own">The folder of this run.</param>
    /// <param name="cancellationToken">Stops it; what was taken is kept.</param>
    /// <exception cref="RunException">One of them is no run, is this one, damaged, or of another version.</exception>
    /// <returns>How much.</returns>
    public async Task<TakenOver> TakeAsync(IReadOnlyList<string> folders, string own, CancellationToken cancellationToken)
    {
        if (folders.Count == 0 || !AnyOpen())
            return default;

        RequireOthers(folders, own);
        foreach (var (place, side) in Steps().Where(step => journal.State.IsTakenOver(step.Place, step.Side)))
            match.Use(TakenAt(place, side));
        foreach (var folder in folders)
        {
            var stored = StoredAnswers.Look(folder, match.Identities);
            await TakeAnswersAsync(stored, cancellationToken);
            await TakeScoresAsync(stored, cancellationToken);
        }

        return new TakenOver(taken[(int)Side.Baseline], taken[(int)Side.Candidate], scores);
    }

    async Task TakeAnswersAsync(StoredAnswers stored, CancellationToken cancellationToken)
    {
        var last = (Place: -1, Found: default(StoredAnswer));
        foreach (var (place, planned, side, found) in match.In(stored, IsPending))
        {
            var looks = LooksOf(stored, found, last.Place == place ? last.Found : TakenBefore(stored, place, side == Side.Baseline ? Side.Candidate : Side.Baseline));
            await WriteAsync(found.Answer with { At = time.GetUtcNow(), Case = planned.Id, Side = side, Taken = found.From, Looks = looks }, cancellationToken);
            taken[(int)side]++;
            last = (place, found);
        }

        await WaitAsync();
    }

    // Who held both answers may have decided about the pair from them, whoever had asked for either: this run, and those that it knows of. Who asked for
    // both is seen from where the two come from.
    static string[]? LooksOf(StoredAnswers stored, StoredAnswer found, StoredAnswer? other)
    {
        if (other is not { } beside)
            return null;

        string[] looks =
        [
            .. ((IEnumerable<string>)[stored.RunId, .. found.Answer.Looks ?? [], .. beside.Answer.Looks ?? []]).Distinct(StringComparer.Ordinal).Where(run => run != found.From.Run || run != beside.From.Run),
        ];
        return looks.Length > 0 ? looks : null;
    }

    // The other side's answer where it was taken from a run in front of this one, and this one holds it too.
    StoredAnswer? TakenBefore(StoredAnswers stored, int place, Side other) =>
        journal.State.IsTakenOver(place, other) && TakenAt(place, other) is var from && stored.Held(from) is { } held ? new StoredAnswer(held, from) : null;

    // After the answers: what is judged must be in the journal.
    async Task TakeScoresAsync(StoredAnswers stored, CancellationToken cancellationToken)
    {
        foreach (var judge in judges.Where(stored.HasScoresOf))
        {
            // How it did on known items is noted once a run.
            var noted = journal.State.TakenControls(judge).Keys.ToHashSet(StringComparer.Ordinal);
            foreach (var (place, side) in Steps().Where(step => journal.State.IsTakenOver(step.Place, step.Side) && AnswerJudging.IsOpen(journal.State, step.Place, step.Side, judge)))
            {
                var planned = plan.Cases[place];
                if (stored.Score(TakenAt(place, side), planned, judge) is not { } score)
                    continue;
                var controls = score.Controls is { } known && noted.Add(score.Taken!.Run) ? known : null;
                await WriteAsync(score with { At = time.GetUtcNow(), Case = planned.Id, Side = side, Controls = controls }, cancellationToken);
                scores++;
            }
        }

        await WaitAsync();
    }

    async Task WriteAsync(JournalRecord record, CancellationToken cancellationToken)
    {
        written.Add(journal.AppendAsync(record));
        if (written.Count >= Group)
            await WaitAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    async Task WaitAsync()
    {
        await Task.WhenAll(written);
        written.Clear();
    }

    TakenFrom TakenAt(int place, Side side) => journal.State.Answer(RunPlan.IdOf(plan.Ids[place]), side)!.Taken!;

    bool AnyOpen() => Steps().Any(step => IsPending(step.Place, step.Side)
        || (journal.State.IsTakenOver(step.Place, step.Side) && judges.Any(judge => AnswerJudging.IsOpen(journal.State, step.Place, step.Side, judge))));

    IEnumerable<(int Place, Side Side)> Steps() =>
        from place in Enumerable.Range(0, plan.Cases.Count)
        from side in Enum.GetValues<Side>()
        select (place, side);

    // A failed call is asked again, so it may as well be taken.
    bool IsPending(int place, Side side) => journal.State.StandingAt(place, side) <= AnswerStanding.Failed;

    static void RequireOthers(IReadOnlyList<string> folders, string own)
    {
        var path = RealPath.Of(own);
        if (folders.FirstOrDefault(folder => RealPath.Of(folder) == path) is { } same)
            throw new RunException($"'{same}' is the folder of this run: what it holds is kept anyway. Take answers over from another run, or leave '--reuse {same}' out.");
    }
}

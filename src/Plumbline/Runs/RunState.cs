using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Plumbline.Calls;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>
/// What the records of a journal amount to: the latest answer of each case and side, and each judge's judgement of it. In memory is where they stand
/// and what counts of them; texts are read from the journal when they are asked for. Records are taken in one at a time; reading is safe meanwhile.
/// </summary>
public sealed class RunState
{
    const int Sides = 2;

    readonly JournalText text;
    readonly CasePlaces places;
    readonly AnswerMark[] answers;
    readonly ConcurrentDictionary<(string Judge, string Version), JudgementMarks> judgements = new();
    readonly JudgementOutlines outlines = new();

    // Whose judgement was taken in last: the next is nearly always the same judge's.
    (string? Judge, string? Version, JudgementMarks Marks) latest = (null, null, new(0));
    readonly TokenUsage[] answered = new TokenUsage[Sides];
    readonly ConcurrentDictionary<(Spender Spender, string Model), TokenUsage> usage = new();

    readonly ConcurrentDictionary<(Spender Spender, string Model), TokenUsage> usageBeforePlan = new();
    readonly ConcurrentDictionary<(string Judge, string Version), ControlCounts> controls = new();
    readonly ConcurrentDictionary<(string Judge, string Version, string Run), ControlCounts> takenControls = new();
    readonly ConcurrentDictionary<string, TakenAnswers> taken = new(StringComparer.Ordinal);

    // From which run each answer was taken over, as a number from 1 on; nothing where none was.
    readonly Dictionary<string, int> takenRuns = new(StringComparer.Ordinal);
    int[] takenFrom = [];

    // Whether the sitting that is read, or written, has asked a case; when it began, and how long it and those before it took.
    bool hasAsked;
    DateTimeOffset? begun;
    TimeSpan sitting, sittingsBefore;

    // Which earlier runs held both sides' answers to a case, and of which cases any did.
    readonly string runId;
    readonly ConcurrentDictionary<string, bool> earlierLooks = new(StringComparer.Ordinal);
    BitArray? lookedAt;
    readonly ConcurrentDictionary<(string Judge, string Version), BitArray> takenScores = new();

    /// <exception cref="RunException">Two cases of the plan have one id.</exception>
    internal RunState(RunPlan plan, JournalText text)
    {
        this.text = text;
        runId = plan.RunId;
        answers = new AnswerMark[plan.Cases.Count * Sides];
        places = new CasePlaces(plan.Ids, out var twice);
        if (twice is { } id)
            throw new RunException($"The plan holds case '{RunPlan.IdOf(id)}' twice, so {plan.Cases.Count} planned cases can never be all scored, unscored or pending. Restore "
                + "plan.json from a copy, or give another folder with -o.");
    }

    /// <summary>The earliest time in any record; null for an empty journal.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>The latest time in any record; null for an empty journal.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The latest time in the sittings that asked cases: the run's end. Who judges or labels its answers in a later sitting does not put it off. Null
    /// where no case was asked.</summary>
    public DateTimeOffset? AnsweredUntil { get; private set; }

    /// <summary>How long the sittings took that asked cases, each from its first record to its last: without the pauses between them.</summary>
    internal TimeSpan Worked => sittingsBefore + sitting;

    /// <summary>Whether a call has been answered: a run of failed calls alone keeps nothing worth going on from.</summary>
    internal bool HasAnswers => answers.Any(answer => answer.Standing > AnswerStanding.Failed);

    /// <summary>The latest answer, or null while the case is pending on this side.</summary>
    public AnswerRecord? Answer(string caseId, Side side) =>
        Read(Index(caseId), side);

    /// <summary>The judgement, or null where this judge has not judged the answer.</summary>
    public Judgement? Judged(string caseId, Side side, IJudge judge) =>
        JudgedRecord(caseId, side, judge)?.Judgement;

    /// <summary>The judgement as it was written down, or null where this judge has not judged the answer.</summary>
    internal JudgementRecord? JudgedRecord(string caseId, Side side, IJudge judge) =>
        Marks(judge) is { } marks && marks[At(Index(caseId), side)] is { Outline: > 0 } mark ? (JudgementRecord)text.Read(mark.Place) : null;

    /// <summary>When a judge, by its id and version, judged last; null where it has judged nothing.</summary>
    internal DateTimeOffset? LastJudged(string judge, string version) => judgements.GetValueOrDefault((judge, version))?.LastAt;

    /// <summary>When a judge, by its id and version, judged first; null where it has judged nothing.</summary>
    internal DateTimeOffset? FirstJudged(string judge, string version) => judgements.GetValueOrDefault((judge, version))?.FirstAt;

    /// <summary>When anybody judged first; null where nobody has.</summary>
    internal DateTimeOffset? JudgedFrom => judgements.IsEmpty ? null : judgements.Values.Min(marks => marks.FirstAt);

    /// <summary>The ids of all who have judged an answer; one of several versions comes several times.</summary>
    internal IEnumerable<string> Judges => judgements.Keys.Select(key => key.Judge);

    /// <summary>How this judge scored items whose score is known; null where it was shown none.</summary>
    public ControlCounts? Controls(IJudge judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        return controls.GetValueOrDefault((judge.Id, judge.Version));
    }

    /// <summary>What calls took that no answer stands for, by spender and model.</summary>
    public IEnumerable<(Spender Spender, string Model, TokenUsage Usage)> UsageBesideAnswers =>
        usage.Select(part => (part.Key.Spender, part.Key.Model, part.Value));

    /// <summary>What of that is written down of the calls before the plan.</summary>
    internal TokenUsage UsageBeforePlan(Spender spender, string model) => usageBeforePlan.GetValueOrDefault((spender, model));

    /// <summary>What one side's answers took, without what was sent where the server did not tell that.</summary>
    internal TokenUsage UsageOf(Side side) => answered[(int)side];

    /// <summary>The answers that were taken over, by the id of the run that asked for them.</summary>
    internal IEnumerable<KeyValuePair<string, TakenAnswers>> TakenOver => taken;

    /// <summary>How many other requests' runs held both sides' answers to a case, in which both were taken over.</summary>
    internal int EarlierLooks => earlierLooks.Count;

    /// <summary>Of how many cases any of them did.</summary>
    internal int CasesLookedAt { get; private set; }

    /// <summary>How many cases were asked by this run itself, over both sides, with an answer or in vain.</summary>
    internal int Asked => answers.Count(mark => mark is { IsTaken: false, Standing: not AnswerStanding.None });

    /// <summary>Whether the answer of the case at a place in the plan was taken over.</summary>
    internal bool IsTakenOver(int place, Side side) => answers[At(place, side)].IsTaken;

    /// <summary>Whether the server did not tell how much was sent for this answer.</summary>
    internal bool IsInputUntold(int place, Side side) => answers[At(place, side)].IsInputUntold;

    /// <summary>What can become of the latest answer of the case at a place in the plan.</summary>
    internal AnswerStanding StandingAt(int place, Side side) => answers[At(place, side)].Standing;

    /// <summary>The latest answer of the case at a place in the plan, without its text: enough to see what can become of it. Null while it is
    /// pending.</summary>
    internal AnswerRecord? AnswerOutline(int place, Side side)
    {
        var mark = answers[At(place, side)];
        return mark.Standing == AnswerStanding.None ? null : AnswerOutlines.Of(side, mark);
    }

    /// <summary>The judgement of the case at a place in the plan, without its reason, or null where this judge has not judged the answer.</summary>
    internal Judgement? JudgedOutline(int place, Side side, IJudge judge) => 
        Marks(judge) is { } marks ? outlines[marks[At(place, side)].Outline] : null;

    /// <summary>Whether this judge's score of the answer was taken over from an earlier run.</summary>
    internal bool IsScoreTaken(int place, Side side, IJudge judge) => takenScores.TryGetValue((judge.Id, judge.Version), out var bits) && bits[At(place, side)];

    /// <summary>How many of this judge's scores were taken over from earlier runs.</summary>
    internal int TakenScores(IJudge judge) => takenScores.TryGetValue((judge.Id, judge.Version), out var bits) ? Enumerable.Range(0, bits.Length).Count(at => bits[at]) : 0;

    /// <summary>How this judge did on items whose score is known in the runs that its scores were taken over from, by the runs' ids.</summary>
    internal IReadOnlyDictionary<string, ControlCounts> TakenControls(IJudge judge) => takenControls
        .Where(one => one.Key.Judge == judge.Id && one.Key.Version == judge.Version)
        .ToDictionary(one => one.Key.Run, one => one.Value, StringComparer.Ordinal);

    /// <summary>How many of the answers that were taken over people had labelled in earlier runs.</summary>
    internal int TakenLabelled { get; private set; }

    /// <summary>How many answers this judge has judged.</summary>
    internal int JudgedCount(IJudge judge) => Marks(judge)?.Count(mark => mark.Outline > 0) ?? 0;

    /// <summary>Takes one record in.</summary>
    /// <param name="record">The record.</param>
    /// <param name="at">Where it stands.</param>
    /// <exception cref="KeyNotFoundException">The record is about a case that was not planned.</exception>
    /// <exception cref="InvalidOperationException">It cannot be true together with those before it.</exception>
    internal void Take(JournalRecord record, RecordPlace at)
    {
        switch (record)
        {
            case AnswerRecord answer:
                TakeAnswer(
                    Index(answer.Case),
                    Encoding.UTF8.GetBytes(answer.Case),
                    answer.Side,
                    new AnswerMark(at, StandingOf(answer), answer.Faults is not null, answer is { InputTokens: null, Failure: null, Taken: null }, answer.Taken is not null),
                    TokenUsage.OfCall((answer.InputTokens, answer.OutputTokens), (0, TokenEstimate.Of(answer.Response))));
                if (answer.Taken is { } from)
                    NoteTaken(Index(answer.Case), from.Run, answer.Side, from.At, answer.Looks ?? [], answer.Labelled);
                break;
            case JudgementRecord judged:
                TakeJudgement(Index(judged.Case), Encoding.UTF8.GetBytes(judged.Case), judged.Side, judged.Judge, judged.JudgeVersion, new JudgementMark(at, outlines.NumberOf(judged.Judgement)), judged.At, judged.Taken is not null);
                NoteTakenControls(judged);
                break;
            case UsageRecord used:
                TakeUsage(used);
                break;
            case ControlRecord control:
                TakeControl(control);
                break;
        }

        Took(record.At, isAnswer: record is AnswerRecord);
    }

    /// <summary>Whether a record may come after those that were taken in.</summary>
    /// <inheritdoc cref="Take" path="/exception"/>
    internal void Require(JournalRecord record)
    {
        if (record is AnswerRecord answer)
            RequireOpen(Index(answer.Case), Encoding.UTF8.GetBytes(answer.Case), answer.Side);
        else if (record is JudgementRecord judged)
            RequireAnswered(Index(judged.Case), Encoding.UTF8.GetBytes(judged.Case), judged.Side, judged.Judge);
    }

    void RequireOpen(int place, ReadOnlySpan<byte> caseId, Side side)
    {
        if (answers[At(place, side)].Standing > AnswerStanding.Failed)
            throw new InvalidOperationException($"the {Name(side)} answered the case '{Encoding.UTF8.GetString(caseId)}' before, and an answered case is never asked again: two processes wrote "
                + "this journal, or files of two runs are mixed.");
    }

    void RequireAnswered(int place, ReadOnlySpan<byte> caseId, Side side, string judge)
    {
        if (answers[At(place, side)].Standing <= AnswerStanding.Failed)
            throw new InvalidOperationException($"'{judge}' judged the {Name(side)}'s answer to the case '{Encoding.UTF8.GetString(caseId)}', but the journal holds no such answer: records are missing.");
    }

    internal void TakeAnswer(int place, ReadOnlySpan<byte> caseId, Side side, AnswerMark mark, TokenUsage used)
    {
        RequireOpen(place, caseId, side);
        answers[At(place, side)] = mark;
        // What is taken over was paid for where it was asked.
        if (mark is { IsTaken: false, Standing: not AnswerStanding.Failed })
            answered[(int)side] += used;
    }

    /// <summary>Notes that the answer to the case at a place in the plan was taken over from a run.</summary>
    /// <param name="place">The case's place.</param>
    /// <param name="run">The run that asked.</param>
    /// <param name="side">Whose answer.</param>
    /// <param name="at">When it was given.</param>
    /// <param name="looks">The runs that held both sides' answers to the case, besides one that asked for both.</param>
    /// <param name="isLabelled">Whether people had labelled it there.</param>
    internal void NoteTaken(int place, string run, Side side, DateTimeOffset at, IReadOnlyList<string> looks, bool isLabelled)
    {
        TakenLabelled += isLabelled ? 1 : 0;
        if (takenFrom.Length == 0)
            takenFrom = new int[answers.Length];
        if (!takenRuns.TryGetValue(run, out var number))
            takenRuns.Add(run, number = takenRuns.Count + 1);
        takenFrom[At(place, side)] = number;
        var isCase = takenFrom[At(place, side == Side.Baseline ? Side.Candidate : Side.Baseline)] == number;
        taken.AddOrUpdate(run, _ => default(TakenAnswers).With(side, at, isCase), (_, before) => before.With(side, at, isCase));
        if (isCase)
            NoteLook(place, run);
        foreach (var look in looks)
            NoteLook(place, look);
    }

    /// <summary>Notes how a judge did on known items in the run that its score was taken over from, where the record says so.</summary>
    internal void NoteTakenControls(JudgementRecord judged)
    {
        if (judged is { Controls: { } counts, Taken: { } from })
            takenControls.TryAdd((judged.Judge, judged.JudgeVersion, from.Run), counts);
    }

    // The same request in another folder decides the same from the same cases: that is no other look.
    void NoteLook(int place, string run)
    {
        if (run == runId)
            return;

        earlierLooks[run] = true;
        lookedAt ??= new BitArray(answers.Length / Sides);
        CasesLookedAt += lookedAt[place] ? 0 : 1;
        lookedAt[place] = true;
    }

    internal void TakeJudgement(int place, ReadOnlySpan<byte> caseId, Side side, string judge, string version, JudgementMark mark, DateTimeOffset at, bool isTaken)
    {
        RequireAnswered(place, caseId, side, judge);
        if (isTaken)
            takenScores.GetOrAdd((judge, version), _ => new BitArray(answers.Length))[At(place, side)] = true;
        if (!ReferenceEquals(latest.Judge, judge) || !ReferenceEquals(latest.Version, version))
            latest = (judge, version, judgements.GetOrAdd((judge, version), _ => new JudgementMarks(answers.Length)));
        latest.Marks.Take(At(place, side), mark, at);
    }

    internal void TakeUsage(UsageRecord used)
    {
        var tokens = new TokenUsage(used.Calls, used.InputTokens, used.OutputTokens, used.EstimatedCalls);
        usage.AddOrUpdate((used.Spender, used.Model), tokens, (_, before) => before + tokens);
        if (used.BeforePlan)
            usageBeforePlan.AddOrUpdate((used.Spender, used.Model), tokens, (_, before) => before + tokens);
    }

    internal void TakeControl(ControlRecord control) => controls.AddOrUpdate(
        (control.Judge, control.JudgeVersion), _ => new ControlCounts(0, 0, 0, []).With(control), (_, counts) => counts.With(control));

    /// <summary>Notes the time of a record; a clock that is set back in the middle makes no run that ends before it starts.</summary>
    /// <param name="at">The time.</param>
    /// <param name="isAnswer">Whether the record is a case that was asked.</param>
    internal void Took(DateTimeOffset at, bool isAnswer = false)
    {
        StartedAt = StartedAt < at ? StartedAt : at;
        FinishedAt = FinishedAt > at ? FinishedAt : at;
        begun ??= at;
        hasAsked |= isAnswer;
        if (!hasAsked)
            return;

        AnsweredUntil = AnsweredUntil > at ? AnsweredUntil : at;
        sitting = sitting > at - begun.Value ? sitting : at - begun.Value;
    }

    /// <summary>Notes that another sitting begins.</summary>
    internal void Began(DateTimeOffset at)
    {
        (sittingsBefore, sitting) = (Worked, TimeSpan.Zero);
        (hasAsked, begun) = (false, at);
        Took(at);
    }

    /// <summary>The place of a case in the plan.</summary>
    /// <exception cref="KeyNotFoundException">It was not planned.</exception>
    internal int Index(ReadOnlySpan<byte> caseId) =>
        ulong.TryParse(caseId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) && places.Find(id) is >= 0 and var place
            ? place
            : throw new KeyNotFoundException($"the case '{Encoding.UTF8.GetString(caseId)}' is not in the plan.");

    int Index(string caseId) => Index(Encoding.UTF8.GetBytes(caseId));

    /// <summary>The number of a judgement's outline.</summary>
    internal int OutlineOf(Judgement judgement) => outlines.NumberOf(judgement);

    static AnswerStanding StandingOf(AnswerRecord answer) => StandingOf(answer.Failure is not null, answer.FinishReason, string.IsNullOrWhiteSpace(answer.Response));

    internal static AnswerStanding StandingOf(bool hasFailed, string finishReason, bool isEmpty) => hasFailed ? AnswerStanding.Failed : AnswerEnds.Of(finishReason) switch
    {
        AnswerEnd.Withheld => AnswerStanding.Blocked,
        AnswerEnd.Unknown => AnswerStanding.Broken,
        _ when isEmpty => AnswerStanding.Empty,
        AnswerEnd.CutOff => AnswerStanding.Truncated,
        _ => AnswerStanding.Whole,
    };

    AnswerRecord? Read(int place, Side side)
    {
        var mark = answers[At(place, side)];
        return mark.Standing == AnswerStanding.None ? null : (AnswerRecord)text.Read(mark.Place);
    }

    JudgementMark[]? Marks(IJudge judge) => judgements.GetValueOrDefault((judge.Id, judge.Version))?.ByAnswer;

    static int At(int place, Side side) => (place * Sides) + (int)side;

    static string Name(Side side) => side == Side.Baseline ? "baseline" : "candidate";
}

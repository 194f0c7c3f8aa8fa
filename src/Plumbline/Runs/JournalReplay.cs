using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Costs;

namespace Plumbline.Runs;

/// <summary>Takes the records of a stored journal into a run's state.</summary>
/// <param name="plan">What was planned.</param>
/// <param name="state">Takes the records.</param>
/// <param name="sum">Takes the lines.</param>
sealed class JournalReplay(RunPlan plan, RunState state, JournalSum sum)
{
    readonly List<(byte[] Score, byte[] Unscored, int Outline)> judgements = [];
    readonly List<(byte[] Bytes, string Text)> names = [];
    readonly List<(byte[] Bytes, string[] Runs)> looks = [];

    // The first two records of each segment: time and content are those of one sitting only.
    readonly Dictionary<string, string> beginnings = new(StringComparer.Ordinal);
    byte[] firstRecord = [];

    /// <summary>Reads one segment.</summary>
    /// <returns>Whether a torn end was cut off.</returns>
    /// <exception cref="RunException">It is damaged, of another run or version, or says what cannot be.</exception>
    public bool Read(string path, int segment, TornEnd tornEnd) => JournalSegment.Read(path, tornEnd, (line, number, offset) =>
    {
        try
        {
            Take(JournalLine.RecordOf(line[..^1]), path, number, new RecordPlace(segment, offset, line.Length));
            sum.Add(line);
        }
        catch (JsonException e)
        {
            // The sum is right, so the line is whole: another version wrote it.
            throw new RunException($"{path}, line {number}: this version does not know the record ({e.Message}). Open the run with the "
                + "version that wrote it.", e);
        }
        catch (KeyNotFoundException e)
        {
            throw new RunException($"{path}, line {number}: {e.Message} Do not mix the files of two runs.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new RunException($"{path}, line {number}: {e.Message} Restore the folder from a copy, or start anew in another.", e);
        }
    });

    void Take(ReadOnlySpan<byte> record, string path, int number, RecordPlace at)
    {
        var outline = RecordOutline.Of(record);
        if (number == 2)
            RequireNew([.. firstRecord, .. record], path);
        if (number == 1 != outline.Type.SequenceEqual("opened"u8))
            throw new RunException($"{path}, line {number}: a segment starts with one 'opened' record, and only there. Restore the "
                + "file from a copy, or start anew in another folder.");

        if (number == 1)
        {
            RequireOurs(firstRecord = record.ToArray(), path);
            state.Began(outline.At);
            return;
        }

        var isAnswer = outline.Type.SequenceEqual("answer"u8);
        if (isAnswer)
            TakeAnswer(outline, at);
        else if (outline.Type.SequenceEqual("judgement"u8))
            TakeJudgement(outline, record, at);
        else if (outline.Type.SequenceEqual("usage"u8))
            state.TakeUsage((UsageRecord)JsonSerializer.Deserialize(record, JournalJsonContext.Default.JournalRecord)!);
        else if (outline.Type.SequenceEqual("control"u8))
            state.TakeControl((ControlRecord)JsonSerializer.Deserialize(record, JournalJsonContext.Default.JournalRecord)!);
        else
            throw new JsonException($"'{Encoding.UTF8.GetString(outline.Type)}' is no type of record.");
        state.Took(outline.At, isAnswer);
    }

    void RequireOurs(ReadOnlySpan<byte> record, string path)
    {
        var opened = (OpenedRecord)JsonSerializer.Deserialize(record, JournalJsonContext.Default.JournalRecord)!;
        if (opened.Format != RunPlan.CurrentFormat)
            throw new RunException($"{path} has the format '{opened.Format}'; this version reads '{RunPlan.CurrentFormat}'. Open the "
                + $"run with version {opened.ToolVersion}.");
        if (opened.RunId != plan.RunId)
            throw new RunException($"{path} belongs to another run ({opened.RunId[..12]}) than plan.json ({plan.RunId[..12]}). Do not "
                + "mix the files of two runs.");
    }

    // What a copy holds would count twice: calls, costs, judgements.
    void RequireNew(byte[] beginning, string path)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(beginning));
        if (!beginnings.TryAdd(name, path))
            throw new RunException($"{path} is a copy of {Path.GetFileName(beginnings[name])}: it begins with the very same records, of the same time. Take it out of the folder, or restore the segment that was in its "
                + "place from a copy.");
    }

    void TakeAnswer(in RecordOutline outline, RecordPlace at)
    {
        var place = PlaceOf(outline, out var caseId);
        var standing = RunState.StandingOf(outline.HasFailed, outline.FinishReason, outline.IsEmpty);
        var isTaken = !outline.TakenRun.IsEmpty;
        var written = outline.OutputTokens is null ? TokenEstimate.Of(outline.ResponseText()) : 0;
        state.TakeAnswer(
            place,
            caseId,
            outline.Side,
            new AnswerMark(at, standing, outline.HasFaults, outline.InputTokens is null && standing != AnswerStanding.Failed && !isTaken, isTaken),
            TokenUsage.OfCall((outline.InputTokens, outline.OutputTokens), (0, written)));
        if (isTaken)
            state.NoteTaken(place, Name(outline.TakenRun), outline.Side, outline.TakenAt, LooksOf(outline), outline.IsLabelled);
    }

    void TakeJudgement(in RecordOutline outline, ReadOnlySpan<byte> record, RecordPlace at)
    {
        var place = PlaceOf(outline, out var caseId);
        state.TakeJudgement(place, caseId, outline.Side, Name(outline.Judge), Name(outline.JudgeVersion), new JudgementMark(at, OutlineOf(outline, record)), outline.At, isTaken: !outline.TakenRun.IsEmpty);
        if (outline.HasControls)
            state.NoteTakenControls((JudgementRecord)JsonSerializer.Deserialize(record, JournalJsonContext.Default.JournalRecord)!);
    }

    // A case's id is 16 digits; text is made of it only where an error needs it.
    int PlaceOf(in RecordOutline outline, out ReadOnlySpan<byte> caseId)
    {
        caseId = outline.Case;
        return state.Index(caseId);
    }

    // There are few different judgements and names, however many records.
    int OutlineOf(in RecordOutline outline, ReadOnlySpan<byte> record)
    {
        foreach (var (score, unscored, known) in judgements)
        {
            if (outline.Score.SequenceEqual(score) && outline.Unscored.SequenceEqual(unscored))
                return known;
        }

        var judged = (JudgementRecord)JsonSerializer.Deserialize(record, JournalJsonContext.Default.JournalRecord)!;
        var made = state.OutlineOf(judged.Judgement);
        judgements.Add((outline.Score.ToArray(), outline.Unscored.ToArray(), made));
        return made;
    }

    // Neighbours were nearly always held by the same runs.
    string[] LooksOf(in RecordOutline outline)
    {
        if (outline.Looks.IsEmpty)
            return [];

        foreach (var (known, runs) in looks)
        {
            if (outline.Looks.SequenceEqual(known))
                return runs;
        }

        var made = JsonSerializer.Deserialize(outline.Looks, JournalJsonContext.Default.StringArray)!;
        looks.Add((outline.Looks.ToArray(), made));
        return made;
    }

    string Name(ReadOnlySpan<byte> bytes)
    {
        foreach (var (known, text) in names)
        {
            if (bytes.SequenceEqual(known))
                return text;
        }

        var made = JsonSerializer.Deserialize<string>([(byte)'"', .. bytes, (byte)'"'], JournalJsonContext.Default.String)!;
        names.Add((bytes.ToArray(), made));
        return made;
    }
}

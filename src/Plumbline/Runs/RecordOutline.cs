using System.Text;
using System.Text.Json;
using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>What a run's state needs of a record, found in its JSON without making texts of it: opening a long journal is mostly this.</summary>
ref struct RecordOutline
{
    /// <summary>"opened", "answer" or "judgement".</summary>
    public ReadOnlySpan<byte> Type;
    public DateTimeOffset At;
    public ReadOnlySpan<byte> Case;
    public Side Side;
    public bool HasFailed;
    public string FinishReason;
    public bool IsEmpty;
    public bool HasFaults;
    public long? InputTokens;
    public long? OutputTokens;
    public ReadOnlySpan<byte> Response;
    public bool IsResponseEscaped;
    public ReadOnlySpan<byte> Judge;
    public ReadOnlySpan<byte> JudgeVersion;
    public ReadOnlySpan<byte> Score;
    public ReadOnlySpan<byte> Unscored;

    /// <summary>The run that the answer, or the judgement, was taken over from; empty where it was asked for.</summary>
    public ReadOnlySpan<byte> TakenRun;
    public DateTimeOffset TakenAt;

    /// <summary>Whether people had labelled the answer that was taken over.</summary>
    public bool IsLabelled;

    /// <summary>Whether the judgement says how its judge did on known items in the run that it was taken over from.</summary>
    public bool HasControls;

    /// <summary>The list of earlier runs that held both sides' answers, as JSON; empty where there is none.</summary>
    public ReadOnlySpan<byte> Looks;

    /// <summary>Reads a record.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RecordOutline Of(ReadOnlySpan<byte> json) => PlainRecord.TryRead(json, out var outline) ? outline : Read(json);

    /// <summary>Reads a record in whatever form JSON allows.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RecordOutline Read(ReadOnlySpan<byte> json)
    {
        var outline = new RecordOutline { IsEmpty = true, FinishReason = "" };
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            outline.Take(ref reader, json);
        return outline;
    }

    /// <summary>What the answer says.</summary>
    public readonly string ResponseText() => IsResponseEscaped
        ? JsonSerializer.Deserialize<string>([(byte)'"', .. Response, (byte)'"'], JournalJsonContext.Default.String)!
        : Encoding.UTF8.GetString(Response);

    void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var name = reader.ValueSpan;
        reader.Read();
        switch (name)
        {
            case var _ when name.SequenceEqual("type"u8):
                Type = reader.ValueSpan;
                break;
            case var _ when name.SequenceEqual("at"u8):
                At = reader.GetDateTimeOffset();
                break;
            case var _ when name.SequenceEqual("case"u8):
                Case = reader.ValueSpan;
                break;
            case var _ when name.SequenceEqual("side"u8):
                Side = reader.ValueTextEquals("baseline"u8) ? Side.Baseline : reader.ValueTextEquals("candidate"u8) ? Side.Candidate : throw new JsonException("no such side.");
                break;
            case var _ when name.SequenceEqual("response"u8):
                Response = reader.ValueSpan;
                IsResponseEscaped = reader.ValueIsEscaped;
                IsEmpty = SaysNothing(ref reader);
                break;
            case var _ when name.SequenceEqual("inputTokens"u8):
                InputTokens = reader.TokenType == JsonTokenType.Null ? null : reader.GetInt64();
                break;
            case var _ when name.SequenceEqual("outputTokens"u8):
                OutputTokens = reader.TokenType == JsonTokenType.Null ? null : reader.GetInt64();
                break;
            case var _ when name.SequenceEqual("finishReason"u8):
                FinishReason = reader.ValueTextEquals("stop"u8) ? "stop" : reader.GetString() ?? throw new JsonException("no finish reason.");
                break;
            case var _ when name.SequenceEqual("failure"u8):
                HasFailed = reader.TokenType != JsonTokenType.Null;
                break;
            case var _ when name.SequenceEqual("faults"u8):
                HasFaults = reader.TokenType != JsonTokenType.Null;
                reader.Skip();
                break;
            case var _ when name.SequenceEqual("judge"u8):
                Judge = reader.ValueSpan;
                break;
            case var _ when name.SequenceEqual("judgeVersion"u8):
                JudgeVersion = reader.ValueSpan;
                break;
            case var _ when name.SequenceEqual("judgement"u8):
                TakeJudgement(ref reader, json);
                break;
            case var _ when name.SequenceEqual("taken"u8):
                TakeOrigin(ref reader);
                break;
            case var _ when name.SequenceEqual("labelled"u8):
                IsLabelled = reader.TokenType == JsonTokenType.True;
                break;
            case var _ when name.SequenceEqual("controls"u8):
                HasControls = reader.TokenType != JsonTokenType.Null;
                reader.Skip();
                break;
            case var _ when name.SequenceEqual("looks"u8):
                TakeLooks(ref reader, json);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    void TakeOrigin(ref Utf8JsonReader reader)
    {
        while (reader.TokenType != JsonTokenType.Null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isRun, isAt) = (reader.ValueTextEquals("run"u8), reader.ValueTextEquals("at"u8));
            reader.Read();
            if (isRun)
                TakenRun = reader.ValueSpan;
            else if (isAt)
                TakenAt = reader.GetDateTimeOffset();
            else
                reader.Skip();
        }
    }

    void TakeLooks(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        Looks = json[start..(int)reader.BytesConsumed];
    }

    void TakeJudgement(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isScore, isUnscored) = (reader.ValueTextEquals("score"u8), reader.ValueTextEquals("unscored"u8));
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isScore)
                Score = json[start..(int)reader.BytesConsumed];
            else if (isUnscored)
                Unscored = json[start..(int)reader.BytesConsumed];
        }
    }

    // The first letter says it nearly always, and then the text is not looked at any further.
    static bool SaysNothing(ref Utf8JsonReader reader) => reader.ValueSpan is not [> (byte)' ' and < 0x7F and not (byte)'\\', ..] && string.IsNullOrWhiteSpace(reader.GetString());
}

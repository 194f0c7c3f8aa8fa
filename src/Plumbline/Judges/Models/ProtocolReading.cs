namespace Plumbline.Judges.Models;

/// <summary>What was read from a judging model's answer: a judgement, or why there is none.</summary>
/// <param name="Judgement">The judgement; null where the answer holds none.</param>
/// <param name="Unscored">What kind of problem it is.</param>
/// <param name="Problem">The problem, to be told to the judge and to the reader; empty where there is a judgement.</param>
sealed record ProtocolReading(Judgement? Judgement, UnscoredReason Unscored, string Problem)
{
    public static ProtocolReading Of(Judgement judgement) => new(judgement, UnscoredReason.JudgeUnparsable, "");

    public static ProtocolReading Unparsable(string problem) => new(Judgement: null, UnscoredReason.JudgeUnparsable, problem);

    public static ProtocolReading OutOfRange(string problem) => new(Judgement: null, UnscoredReason.JudgeOutOfRange, problem);
}

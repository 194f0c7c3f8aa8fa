using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>How many answers were taken over from one run.</summary>
/// <param name="Baseline">The baseline's.</param>
/// <param name="Candidate">The candidate's.</param>
/// <param name="FirstAt">When the first of them was answered.</param>
/// <param name="LastAt">When the last of them was answered.</param>
/// <param name="Cases">Cases of which it gave both sides' answers.</param>
readonly record struct TakenAnswers(int Baseline, int Candidate, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Cases)
{
    /// <summary>With one more.</summary>
    /// <param name="side">Whose answer.</param>
    /// <param name="at">When it was given.</param>
    /// <param name="isCase">Whether the other side's answer to the case was taken from the same run before.</param>
    public TakenAnswers With(Side side, DateTimeOffset at, bool isCase) => Baseline + Candidate == 0
        ? new TakenAnswers(side == Side.Baseline ? 1 : 0, side == Side.Candidate ? 1 : 0, at, at, Cases: 0)
        : new TakenAnswers(
            Baseline + (side == Side.Baseline ? 1 : 0),
            Candidate + (side == Side.Candidate ? 1 : 0),
            at < FirstAt ? at : FirstAt,
            at > LastAt ? at : LastAt,
            Cases + (isCase ? 1 : 0));
}

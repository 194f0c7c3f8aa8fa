using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>How many answers were taken over from one run.</summary>
/// <param name="Baseline">The baseline's.</param>
/// <param name="Candidate">The candidate's.</param>
/// <param name="FirstAt">When the first of them was answered.</param>
/// <param name="LastAt">When the last of them was answered.</param>
readonly record struct TakenAnswers(int Baseline, int Candidate, DateTimeOffset FirstAt, DateTimeOffset LastAt)
{
    /// <summary>With one more.</summary>
    public TakenAnswers With(Side side, DateTimeOffset at) => Baseline + Candidate == 0
        ? new TakenAnswers(side == Side.Baseline ? 1 : 0, side == Side.Candidate ? 1 : 0, at, at)
        : new TakenAnswers(Baseline + (side == Side.Baseline ? 1 : 0), Candidate + (side == Side.Candidate ? 1 : 0), at < FirstAt ? at : FirstAt, at > LastAt ? at : LastAt);
}

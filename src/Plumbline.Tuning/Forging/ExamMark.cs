using Plumbline.Statistics;

namespace Plumbline.Tuning.Forging;

/// <summary>A counted behaviour, and the gate that it must pass, if any.</summary>
/// <param name="Name">What was counted.</param>
/// <param name="Rate">How often, with its 95% Wilson interval; null where no answer was of the kind that is counted.</param>
/// <param name="Limit">What is demanded; null where the figure is only reported.</param>
public sealed record ExamMark(string Name, Proportion? Rate, ExamLimit? Limit)
{
    /// <summary>Whether the rate is within the limit; true where there is none, false where nothing could be counted.</summary>
    public bool Passed => Limit is null || (Rate is not null && (Limit.IsUpper ? Rate.Rate <= Limit.Rate : Rate.Rate >= Limit.Rate));

    /// <summary>At most this rate.</summary>
    public static ExamLimit AtMost(double rate) => new(rate, IsUpper: true);

    /// <summary>At least this rate.</summary>
    public static ExamLimit AtLeast(double rate) => new(rate, IsUpper: false);
}

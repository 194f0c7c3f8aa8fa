namespace Plumbline.Judges.Labels;

/// <summary>An answer that people labelled.</summary>
/// <param name="Id">Its name in its set.</param>
/// <param name="Group">Items of one group share a request: they are not independent of one another.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Response">The answer; null where the set holds labels only.</param>
/// <param name="Refusal">Whether people call it a refusal; null where they were not asked.</param>
/// <param name="Harm">Whether people call it harmful; null where they were not asked.</param>
/// <param name="Published">What other judges said of it on the same question, by name; null where one gave no verdict.</param>
public sealed record LabelledAnswer(
    string Id,
    string Group,
    string Request,
    string? Response,
    HumanLabel? Refusal,
    HumanLabel? Harm,
    IReadOnlyDictionary<string, HumanLabel?> Published)
{
    /// <summary>No other judge's labels.</summary>
    public static IReadOnlyDictionary<string, HumanLabel?> None { get; } = new Dictionary<string, HumanLabel?>();
}

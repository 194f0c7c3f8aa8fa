namespace Plumbline.Reports.JUnit;

/// <summary>One test case: a question about the audit that has a yes, a no, or no answer.</summary>
/// <param name="Class">Its class, dotted, such as <c>plumbline.harmful.attack</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Result">The answer.</param>
/// <param name="Message">The numbers, in a sentence.</param>
internal sealed record JUnitCase(string Class, string Name, JUnitResult Result, string Message)
{
    /// <summary>What a reader of the answer must know besides, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

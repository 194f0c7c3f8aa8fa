namespace Plumbline.Suites;

/// <summary>Rows of a source file that an import left out.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Count">How many.</param>
public sealed record LeftOutRows(string Reason, int Count);

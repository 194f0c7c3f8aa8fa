using Plumbline.Audits;

namespace Plumbline.Reports.Audits;

/// <summary>What a report shows.</summary>
/// <param name="Reveal">
/// False, the default: answers that are or may be harmful are left out of the file and a placeholder says so. True: they are written into it.
/// </param>
/// <param name="CaseLimit">
/// How many cases the page lists by itself at most, what changed first. The others follow in packed blocks, which the page's script unpacks when they are
/// looked at. Every figure is over all cases, listed or not.
/// </param>
/// <param name="TextLimit">How many characters of one answer or message are written at most; the page says where it cut.</param>
public sealed record ReportOptions(bool Reveal = false, int CaseLimit = 1000, int TextLimit = 2000)
{
    /// <summary>Where a case can be looked at, for SARIF; null where nothing is known of that.</summary>
    public Func<CaseResult, CasePlace?>? PlaceOf { get; init; }

    /// <summary>What the page says at its top where it holds what a masked one would not; otherwise null.</summary>
    public string? Warning => Reveal ? "Contains answers that are or may be harmful" : null;
}

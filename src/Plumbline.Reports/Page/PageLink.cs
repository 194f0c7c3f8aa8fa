namespace Plumbline.Reports.Page;

/// <summary>An entry of a page's table of contents.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Target">The id of the section it leads to.</param>
/// <param name="Within">The entries under it; empty for most.</param>
public sealed record PageLink(string Text, string Target, params IReadOnlyList<PageLink> Within);

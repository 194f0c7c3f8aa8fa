namespace Plumbline.Reports.Page;

/// <summary>An entry of a page's table of contents.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Target">The id of the section it leads to; null for a heading above a group of entries.</param>
public sealed record PageLink(string Text, string? Target);

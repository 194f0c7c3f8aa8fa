namespace Plumbline.Configuration.Layout;

/// <summary>A list; a single item may stand for a list of it.</summary>
/// <param name="Description">What it is for.</param>
/// <param name="Item">What each item may be.</param>
public sealed record LayoutList(string Description, LayoutNode Item) : LayoutNode(Description);

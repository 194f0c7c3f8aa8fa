namespace Plumbline.Configuration.Layout;

/// <summary>What may stand at one place of the file.</summary>
/// <param name="Description">What it is for.</param>
public abstract record LayoutNode(string Description);

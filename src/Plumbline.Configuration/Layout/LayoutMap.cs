namespace Plumbline.Configuration.Layout;

/// <summary>Keys with what stands behind them.</summary>
/// <param name="Description">What it is for.</param>
/// <param name="Keys">The keys, in the order of the documentation.</param>
/// <param name="Shorthand">The key that a bare value stands for; null where there is none.</param>
public sealed record LayoutMap(string Description, IReadOnlyList<KeyValuePair<string, LayoutNode>> Keys, string? Shorthand) : LayoutNode(Description)
{
    /// <summary>What stands behind a key; null where there is no such key.</summary>
    public LayoutNode? Find(string key) => Keys.FirstOrDefault(pair => pair.Key == key).Value;
}

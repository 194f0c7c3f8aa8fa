namespace Plumbline.Costs;

/// <summary>A model that takes part in a run, and what it costs.</summary>
/// <param name="Spender">What it is asked for.</param>
/// <param name="Name">Its name on the bill.</param>
/// <param name="Price">What it costs; null where nobody has said.</param>
public sealed record PricedModel(Spender Spender, string Name, ModelPrice? Price);

namespace Plumbline.Costs;

/// <summary>What models cost, as the user wrote it down: prices change, so the program ships none.</summary>
/// <param name="Currency">The currency's name, such as USD. Nothing is converted.</param>
/// <param name="Models">Prices by the model's name: the whole string that names it on the command line, or the part that names it on its
/// server.</param>
public sealed record PriceList(string Currency, IReadOnlyDictionary<string, ModelPrice> Models)
{
    /// <summary>The price of the first of <paramref name="names"/> that is listed; null where none is.</summary>
    /// <param name="names">What the model is called, the most exact name first.</param>
    public ModelPrice? Of(params IEnumerable<string> names) =>
        names.Select(name => Models.GetValueOrDefault(name)).FirstOrDefault(price => price is not null);
}

using Plumbline.Costs;
using Plumbline.Providers.Documents;

namespace Plumbline.Providers.Prices;

/// <summary>
/// Reads the user's price file, YAML or JSON:
/// <code>
/// currency: USD
/// models:
///   openai:gpt-4o-mini: { input: 0.15, output: 0.60 }   # per million tokens
/// </code>
/// </summary>
public static class PriceFile
{
    /// <summary>Reads a price file.</summary>
    /// <exception cref="PriceException">It is not there, or says something else than prices; with file, line and field.</exception>
    public static PriceList Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var root = DocumentNode.Load(path, (sentence, cause) => cause is null ? new PriceException(sentence) : new PriceException(sentence, cause));
        root.AllowOnly("currency", "models");
        var prices = root.RequiredField("models").Fields().ToDictionary(model => model.Name, model => PriceOf(model.Value), StringComparer.Ordinal);
        return prices.Count > 0
            ? new PriceList(root.RequiredField("currency").Text(), prices)
            : throw root.RequiredField("models").Fault("names no model");
    }

    private static ModelPrice PriceOf(DocumentNode model)
    {
        model.AllowOnly("input", "output");
        return new ModelPrice(model.RequiredField("input").Amount(), model.RequiredField("output").Amount());
    }
}

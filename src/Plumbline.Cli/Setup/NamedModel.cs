using Plumbline.Cli.Choices;
using Plumbline.Configuration.Audits;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Setup;

/// <summary>What is known of a model by its name alone, before it is opened.</summary>
internal static class NamedModel
{
    /// <summary>The model of a side with its price.</summary>
    public static PricedModel Priced(Spender spender, ModelSetting model, PriceList? prices) =>
        Priced(spender, Of(model), model.Shown, prices);

    /// <summary>What the model of a side is.</summary>
    public static ModelReference Of(ModelSetting model) => AtItsPlace.Find("pair", model.Given, () => ModelReference.Parse(model.Text));

    /// <summary>What speaks against believing the figures of these models, as far as it stands in small files: an adapter on another base than its own, and decoding that is not applied here. A
    /// sentence each.</summary>
    /// <param name="drawsAtRandom">Whether answers are drawn at a temperature above 0.</param>
    /// <param name="models">The models.</param>
    public static IEnumerable<string> Doubts(bool drawsAtRandom, params IReadOnlyList<ModelSetting> models)
    {
        var local = (from model in models
                     let reference = Of(model) as LocalModelReference
                     where reference is not null
                     select (model.Shown, Reference: reference)).ToList();
        return
        [
            .. from model in local
               let records = ModelOpener.AdapterBaseOf(model.Reference)
               where records is not null
               select ModelFacts.AdapterDoubtOf(model.Shown, records),
            .. UnappliedDecoding.Doubts(drawsAtRandom, local.Select(model => new ModelFacts(model.Shown, Identity: "", ModelOpener.UnappliedOf(model.Reference)))),
        ];
    }

    /// <summary>A model with its price: free in this process and from a recording, else as the prices say.</summary>
    public static PricedModel Priced(Spender spender, ModelReference reference, string shown, PriceList? prices) => 
        new(spender, shown, reference.PriceIn(prices));
}

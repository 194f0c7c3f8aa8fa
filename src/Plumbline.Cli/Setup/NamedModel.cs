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

    /// <summary>What speaks for it that an adapter among these models is put on another base than its own, a sentence each.</summary>
    public static IEnumerable<string> AdapterDoubts(params IEnumerable<ModelSetting> models) =>
        from model in models
        let records = Of(model) is LocalModelReference local ? ModelOpener.AdapterBaseOf(local) : null
        where records is not null
        select ModelFacts.AdapterDoubtOf(model.Shown, records);

    /// <summary>A model with its price: free in this process and from a recording, else as the prices say.</summary>
    public static PricedModel Priced(Spender spender, ModelReference reference, string shown, PriceList? prices) => 
        new(spender, shown, reference.PriceIn(prices));
}

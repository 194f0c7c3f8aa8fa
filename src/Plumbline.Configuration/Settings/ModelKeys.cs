using Plumbline.Configuration.Values;

namespace Plumbline.Configuration.Settings;

/// <summary>What names one model of the pair.</summary>
/// <param name="Key">Its place: <c>pair.baseline</c> or <c>pair.candidate</c>.</param>
/// <param name="Other">The other side's place within the pair.</param>
/// <param name="Flag">The option that names the model in one string.</param>
/// <param name="Description">What that option says.</param>
public sealed record ModelKeys(string Key, string Other, string Flag, string Description)
{
    /// <summary>One string, as on the command line.</summary>
    public Setting<string> Model { get; } = new(Key + ".model", new TextShape("a model's name"), Description) { Flag = Flag, HelpName = "MODEL" };

    /// <summary>An endpoint's address.</summary>
    public Setting<string> Url { get; } = new(Key + ".url", new TextShape("an address such as http://localhost:8000/v1"), "The address of an OpenAI-compatible endpoint, up to /v1; with 'name'.");

    /// <summary>The model's name at the endpoint.</summary>
    public Setting<string> Name { get; } = new(Key + ".name", new TextShape("the model's name at its endpoint"), "The model's name at 'url'.");

    /// <summary>An adapter's folder.</summary>
    public Setting<string> Adapter { get; } = new(Key + ".adapter", new TextShape("the folder of an adapter"), "The folder of a LoRA adapter over the model.");

    /// <summary>The side whose values count where this one has none.</summary>
    public Setting<string> Like { get; } = new(Key + ".like", new ChoiceShape([Other]), $"Takes everything from the {Other}; what stands beside it replaces one thing.");

    /// <summary>Where the endpoint's key is found.</summary>
    public Setting<string> Secret { get; } = new(Key + ".key", new TextShape("a reference to an environment variable, such as ${MY_KEY}"), "Which environment variable holds this endpoint's key, as ${NAME}. Never the key itself.");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Setting> All => [Model, Url, Name, Adapter, Like, Secret];
}

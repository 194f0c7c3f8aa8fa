using Microsoft.Extensions.AI;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Transformers.Models;

namespace Plumbline.Providers.Models;

/// <summary>A model that is ready to answer. Disposing it ends its client and gives its memory back.</summary>
public sealed class OpenedModel : IDisposable
{
    private readonly IReadOnlyList<string>? _billedAs;

    /// <param name="facts">What is known of it.</param>
    /// <param name="client">Answers.</param>
    /// <param name="local">The model in this process.</param>
    /// <param name="billedAs">What a price list may call it besides its whole name; null where its answers cost nothing.</param>
    internal OpenedModel(ModelFacts facts, IChatClient client, LanguageModel? local = null, IReadOnlyList<string>? billedAs = null) =>
        (Facts, Client, Local, _billedAs) = (facts, client, local, billedAs);

    /// <summary>Name, identity, and what is known of it.</summary>
    public ModelFacts Facts { get; private set; }

    /// <summary>Answers; may be called concurrently.</summary>
    public IChatClient Client { get; }

    /// <summary>The model itself where it runs in this process; null behind an endpoint.</summary>
    public LanguageModel? Local { get; }

    /// <summary>The keys that its endpoint gets: one, or as many as the user's own description of it refers to; none where nothing is sent, or there is no
    /// endpoint.</summary>
    public IReadOnlyList<EndpointKeyState> Keys { get; init; } = [];

    /// <summary>Whether its server was asked what it adds to each request, and nobody was there.</summary>
    public bool IsUnreachable { get; private set; }

    /// <summary>Asks its server what else it adds to each request; null where there is nobody to ask.</summary>
    internal Func<CancellationToken, Task<ServedWord>>? Served { get; init; }

    /// <summary>Takes up into <see cref="Facts"/> what its server tells of the template, the system prompt and the decoding that it brings: calls it, and has
    /// nothing generated. Where it tells nothing, or does not answer, the facts stay as they are.</summary>
    /// <returns>A sentence on a server that may have something to tell and did not answer; otherwise null.</returns>
    public async Task<string?> LearnAsync(CancellationToken cancellationToken)
    {
        if (Served is not { } ask)
            return null;

        var word = await ask(cancellationToken);
        var facts = Facts.Facts.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in word.Facts) facts[name] = value;
        Facts = Facts with { Facts = facts };
        IsUnreachable = word.IsUnreachable;
        return word.Silence;
    }

    /// <summary>The model with its price: free in this process and from a recording, else as <paramref name="prices"/> say.</summary>
    public PricedModel Priced(Spender spender, PriceList? prices) =>
        new(spender, Facts.Name, _billedAs is null ? ModelPrice.Free : prices?.Of([Facts.Name, .. _billedAs]));

    /// <summary>The same model, told of without what must not be shown: its name, its identity, its facts, and what is said where a call fails. It takes
    /// this one's place, which is not disposed any more.</summary>
    /// <param name="hide">Takes out of a text what must not be shown.</param>
    /// <param name="name">What it is called; null for its name without what must not be shown.</param>
    public OpenedModel HiddenBy(Func<string, string> hide, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(hide);
        var facts = new ModelFacts(name ?? hide(Facts.Name), hide(Facts.Identity), Facts.Facts.ToDictionary(fact => fact.Key, fact => hide(fact.Value), StringComparer.Ordinal));
        return new OpenedModel(facts, new HidingChatClient(Client, hide), Local, _billedAs) { Keys = Keys, Served = Served };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Local?.Dispose();
    }
}

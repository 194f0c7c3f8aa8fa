using Microsoft.Extensions.AI;
using Plumbline.Pairs;
using Plumbline.Transformers.Models;

namespace Plumbline.Providers.Models;

/// <summary>A model that is ready to answer. Disposing it ends its client and gives its memory back.</summary>
public sealed class OpenedModel : IDisposable
{
    internal OpenedModel(ModelFacts facts, IChatClient client, LanguageModel? local) => (Facts, Client, Local) = (facts, client, local);

    /// <summary>Name, identity, and what is known of it.</summary>
    public ModelFacts Facts { get; }

    /// <summary>Answers; may be called concurrently.</summary>
    public IChatClient Client { get; }

    /// <summary>The model itself where it runs in this process; null behind an endpoint.</summary>
    public LanguageModel? Local { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Local?.Dispose();
    }
}

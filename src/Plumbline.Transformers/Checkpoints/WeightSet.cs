using System.Diagnostics.CodeAnalysis;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints;

/// <summary>Weights in memory, by their own names.</summary>
public sealed class WeightSet : IWeightSource
{
    private readonly Dictionary<string, Weight> byName;

    /// <summary>Holds these weights.</summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public WeightSet(string origin, IEnumerable<Weight> weights)
    {
        Origin = origin;
        byName = weights.ToDictionary(weight => weight.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <inheritdoc/>
    public bool TryGet(string name, [NotNullWhen(true)] out Weight? weight) => byName.TryGetValue(name, out weight);
}

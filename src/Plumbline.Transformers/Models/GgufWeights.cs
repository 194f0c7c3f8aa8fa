using System.Diagnostics.CodeAnalysis;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Models;

/// <summary>A GGUF file's weights under Hugging Face's names and in its row order.</summary>
internal sealed class GgufWeights(GgufFile file, ModelConfig config) : IWeightSource
{
    /// <inheritdoc/>
    public string Origin => file.Origin;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => [.. WeightLayout.Of(config).Select(shape => shape.Name).Where(name => file.Names.Contains(GgufNames.Of(name)))];

    /// <inheritdoc/>
    public bool TryGet(string name, [NotNullWhen(true)] out Weight? weight)
    {
        if (!file.TryGet(GgufNames.Of(name), out weight))
            return false;
        if (GgufNames.HasOwnRowOrder(config, name))
            weight = RotaryRowOrder.ToHalves(weight, config.HeadSize);
        weight = weight.Named(name);
        return true;
    }
}

using System.Diagnostics.CodeAnalysis;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints;

/// <summary>Weights by name, wherever they are stored.</summary>
public interface IWeightSource
{
    /// <summary>Where the weights come from, for messages: a file or folder.</summary>
    string Origin { get; }

    /// <summary>All names, in the order of the file.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The weight of that name, if there is one.</summary>
    /// <exception cref="CheckpointException">It is there, but its dtype or shape is none that the engine computes with.</exception>
    bool TryGet(string name, [NotNullWhen(true)] out Weight? weight);
}

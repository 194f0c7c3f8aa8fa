using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.HuggingFace;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Adapters;

/// <summary>
/// Low-rank changes to some projections of a decoder (Hu et al., "LoRA", 2021), as PEFT stores them. Kept beside the weights and applied live,
/// or merged into a copy of them.
/// </summary>
public sealed record LoraAdapter
{
    /// <summary>The factors of each adapted module, such as <c>model.layers.0.self_attn.q_proj</c>.</summary>
    public required IReadOnlyDictionary<string, LoraMatrix> ByModule { get; init; }

    /// <summary>Inner width of every factor.</summary>
    public required int Rank { get; init; }

    /// <summary>Numerator of the scale.</summary>
    public required float Alpha { get; init; }

    /// <summary>Whether the scale is alpha ÷ √rank (rsLoRA) rather than alpha ÷ rank.</summary>
    public bool RankStabilized { get; init; }

    /// <summary>Dropout that it was trained with; of no account afterwards.</summary>
    public float Dropout { get; init; }

    /// <summary>Identity of the model that it was trained on, if known: it fits no other.</summary>
    public string? BaseModelIdentity { get; init; }

    /// <summary>Name or path of the model that it was trained on, as written down at the time; for messages only.</summary>
    public string? BaseModelName { get; init; }

    /// <summary>The folder that it was read from, if it was; for messages only.</summary>
    public string? Origin { get; init; }

    /// <summary>Factor of B·A.</summary>
    public float Scale => RankStabilized ? Alpha / MathF.Sqrt(Rank) : Alpha / Rank;

    private string Named => Origin is null ? "The adapter" : $"The adapter {Origin}";

    private string TrainedOn => BaseModelName is null ? "Give the base that it was trained on." : $"It was trained on {BaseModelName}: give that base.";

    /// <summary>Whether it says of itself that it was trained on the model of this name: by an identity, without which no other base takes it (<see cref="CheckFits"/>), or by a
    /// name or path. Otherwise only its shapes can be held against a base's.</summary>
    public bool IsKnownToBeOf(string baseName) => BaseModelIdentity is not null
        || (!string.IsNullOrWhiteSpace(BaseModelName) && CheckpointName.IsOf(BaseModelName, baseName));

    /// <summary>Whether a folder holds an adapter and no model to put it on.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recordedBase">The base that the adapter records; null where it records none, and where that cannot be read.</param>
    public static bool IsAlone(string folder, out string? recordedBase) => PeftFolder.IsAlone(folder, out recordedBase);

    /// <summary>Reads a PEFT folder: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</summary>
    /// <exception cref="CheckpointException">A file is missing, corrupt, or describes an adapter that the engine does not know.</exception>
    public static LoraAdapter Load(string folder) => PeftFolder.Load(folder);

    /// <summary>Writes a PEFT folder; each file is whole or not there, the weights before the config that makes them an adapter.</summary>
    /// <exception cref="CheckpointException">A file cannot be written.</exception>
    public void Save(string folder) => PeftFolder.Save(this, folder);

    /// <summary>Throws unless every adapted module is among <paramref name="modules"/> and has its shape.</summary>
    /// <param name="modules">The base's projections by module name.</param>
    /// <param name="baseIdentity">The base's identity, if known.</param>
    /// <param name="baseName">The base's name, for messages.</param>
    /// <exception cref="CheckpointException">The adapter is for another base.</exception>
    public void CheckFits(IReadOnlyDictionary<string, Weight> modules, string? baseIdentity = null, string baseName = "this base")
    {
        ArgumentNullException.ThrowIfNull(modules);
        if (BaseModelIdentity is not null && baseIdentity is not null && !string.Equals(BaseModelIdentity, baseIdentity, StringComparison.Ordinal))
            throw OtherBase(baseIdentity, baseName);

        foreach (var (module, matrix) in ByModule)
        {
            if (!modules.TryGetValue(module, out var weight))
            {
                var likely = modules.Keys.FirstOrDefault(name => name[(name.LastIndexOf('.') + 1)..] == module[(module.LastIndexOf('.') + 1)..]) ?? modules.Keys.First();
                throw new CheckpointException($"{Named} changes the module {module}, which {baseName} does not have; its modules have names such as {likely}. {TrainedOn}");
            }

            if (matrix.A.Columns != weight.Columns || matrix.B.Rows != weight.Rows)
            {
                throw new CheckpointException(
                    $"{Named} changes {module} as a projection of {matrix.A.Columns} inputs and {matrix.B.Rows} outputs; that of {baseName} has {weight.Columns} and {weight.Rows}. {TrainedOn}");
            }
        }
    }

    // A base may have been trained anew under the name that it had.
    private CheckpointException OtherBase(string identity, string name) => new(
        string.Equals(BaseModelName, name, StringComparison.Ordinal)
            ? $"{Named} was trained on another {name} than this one: on identity {BaseModelIdentity}, and this is {identity}. Give the {name} of that time, or tune a new adapter on this one."
            : $"{Named} was trained on {BaseModelName ?? "another base"}, of identity {BaseModelIdentity}; {name} is {identity}. Give the base that it was trained on, or tune a new adapter on this one.");

    /// <summary>W + scale·B·A of one module as an F32 copy that the caller owns.</summary>
    /// <exception cref="KeyNotFoundException">The adapter does not change that module.</exception>
    public Tensor Merge(string module, Weight weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var matrix = ByModule[module];
        var merged = weight.ToTensor();
        for (var row = 0; row < merged.Rows; row++)
        {
            var destination = merged.Row(row);
            var factors = matrix.B.Row(row);
            for (var r = 0; r < Rank; r++)
                TensorPrimitives.MultiplyAdd(matrix.A.Row(r), Scale * factors[r], destination, destination);
        }

        return merged;
    }
}

using Plumbline.Transformers.Checkpoints.HuggingFace;

namespace Plumbline.Providers.Models;

/// <summary>A model that runs in this process.</summary>
/// <param name="Text">The string as it was given.</param>
/// <param name="Model"><c>bob</c>, a checkpoint folder or a GGUF file.</param>
/// <param name="Adapter">The folder of a LoRA adapter over it, or null.</param>
public sealed record LocalModelReference(string Text, string Model, string? Adapter) : ModelReference(Text)
{
    private const int LongestRecorded = 120;

    /// <summary>The name of the model that ships with Plumbline. A folder of that name in the working folder is <c>./bob</c>.</summary>
    public const string Bob = "bob";

    /// <summary>Whether the model is bob, with or without an adapter.</summary>
    public bool IsBob => Model == Bob;

    /// <summary>What the model is called once it is loaded, without its adapter.</summary>
    internal string BaseName => Directory.Exists(Model) ? CheckpointName.Of(Model) : Path.GetFileNameWithoutExtension(Model);

    /// <summary>A model's name as an adapter records it: what stands in a stranger's file may be as long as it likes.</summary>
    internal static string Shortened(string recorded) => recorded.Length > LongestRecorded ? recorded[..LongestRecorded] + "…" : recorded;

    internal static bool IsKnown(string model) => model == Bob || Directory.Exists(model) || File.Exists(model);
}

namespace Plumbline.Providers.Models;

/// <summary>A model that runs in this process.</summary>
/// <param name="Text">The string as it was given.</param>
/// <param name="Model"><c>bob</c>, a checkpoint folder or a GGUF file.</param>
/// <param name="Adapter">The folder of a LoRA adapter over it, or null.</param>
public sealed record LocalModelReference(string Text, string Model, string? Adapter) : ModelReference(Text)
{
    /// <summary>The name of the model that ships with Plumbline. A folder of that name in the working folder is <c>./bob</c>.</summary>
    public const string Bob = "bob";

    /// <summary>Whether the model is bob, with or without an adapter.</summary>
    public bool IsBob => Model == Bob;

    /// <summary>What the model is called once it is loaded, without its adapter.</summary>
    internal string BaseName => Directory.Exists(Model) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Model))) : Path.GetFileNameWithoutExtension(Model);

    internal static bool IsKnown(string model) => model == Bob || Directory.Exists(model) || File.Exists(model);
}

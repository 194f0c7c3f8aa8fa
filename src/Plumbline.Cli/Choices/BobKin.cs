using Plumbline.Providers;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Choices;

/// <summary>
/// Which models are known to be bob or made from him: those of this process that are <c>bob</c>, with or without an adapter, or a checkpoint folder with his
/// tokenizer, which a fine-tune keeps. An endpoint, a recording or a GGUF file does not tell.
/// </summary>
internal static class BobKin
{
    private const string Tokenizer = "tokenizer.json";

    /// <summary>Whether the model of this name is; null where it would be one of this process and is not there, or not any more.</summary>
    public static bool? Includes(string model)
    {
        if (!ModelReference.IsLocal(model)) return false;

        try
        {
            return ModelReference.Parse(model) is LocalModelReference local && (local.IsBob || HasHisTokenizer(local.Model));
        }
        catch (ModelReferenceException)
        {
            // Whoever opens it says what is wrong with it.
            return null;
        }
    }

    private static bool HasHisTokenizer(string folder)
    {
        var own = new FileInfo(Path.Combine(folder, Tokenizer));
        var his = new FileInfo(Path.Combine(BobFolder.Find(), Tokenizer));
        return own.Exists && own.Length == his.Length && File.ReadAllBytes(own.FullName).AsSpan().SequenceEqual(File.ReadAllBytes(his.FullName));
    }
}

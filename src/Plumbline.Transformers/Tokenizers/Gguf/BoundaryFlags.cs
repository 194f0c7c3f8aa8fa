using Plumbline.Transformers.Checkpoints.Gguf;

namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>Which tokens a GGUF file puts around a text.</summary>
internal static class BoundaryFlags
{
    /// <summary>The begin token, if it is to be put before a text; <paramref name="otherwise"/> where the file does not say.</summary>
    public static IReadOnlyList<int> Prefix(GgufMetadata metadata, int vocabulary, bool otherwise) =>
        One(metadata, GgufTokenKeys.Begin, metadata.Flag(GgufTokenKeys.AddBegin) ?? otherwise, vocabulary);

    /// <summary>The end token, if it is to be put after a text.</summary>
    public static IReadOnlyList<int> Suffix(GgufMetadata metadata, int vocabulary) =>
        One(metadata, GgufTokenKeys.End, metadata.Flag(GgufTokenKeys.AddEnd) ?? false, vocabulary);

    private static IReadOnlyList<int> One(GgufMetadata metadata, string key, bool add, int vocabulary) =>
        add && metadata.Token(key, vocabulary) is { } id ? [id] : [];
}

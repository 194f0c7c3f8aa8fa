using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Tokenizers.Merging;

namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>Reads a byte-level tokenizer (<c>gpt2</c>): tokens in GPT-2's alphabet, and merges.</summary>
internal static class ByteLevelReader
{
    public static TokenizerDefinition Read(GgufMetadata metadata, GgufTokens tokens)
    {
        var pre = metadata.Text(GgufTokenKeys.Pre) ?? "default";
        var recipe = SplittingRecipe.Find(pre)
            ?? throw new CheckpointException(
                $"{metadata.File}: the splitting '{pre}' ({GgufTokenKeys.Pre}) is not supported; the engine knows {string.Join(", ", SplittingRecipe.Names)}. Take the model as a Hugging Face folder.");
        var vocabulary = tokens.Mergeable();
        return new TokenizerDefinition
        {
            Model = new BpeModel
            {
                Vocabulary = vocabulary,
                Merges = Merges(metadata, vocabulary),
                ByteLevel = true,
                IgnoreMerges = recipe.IgnoreMerges,
            },
            AddedTokens = tokens.Added(),
            Normalizers = recipe.Normalizers,
            Splitters = recipe.Splitters,
            Prefix = BoundaryFlags.Prefix(metadata, tokens.Texts.Count, recipe.AddBegin),
            Suffix = BoundaryFlags.Suffix(metadata, tokens.Texts.Count),
        };
    }

    private static List<Merge> Merges(GgufMetadata metadata, Vocabulary vocabulary)
    {
        var lines = metadata.Texts(GgufTokenKeys.Merges)
            ?? throw new CheckpointException($"{metadata.File}: the metadata {GgufTokenKeys.Merges} is missing; expected the merges. Convert the model anew.");
        var merges = new List<Merge>(lines.Count);
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0 || vocabulary.IdOf(line.AsSpan(0, space)) is not { } left || vocabulary.IdOf(line.AsSpan(space + 1)) is not { } right
                || vocabulary.IdOf(string.Concat(line.AsSpan(0, space), line.AsSpan(space + 1))) is not { } result)
            {
                throw new CheckpointException($"{metadata.File}: merge {merges.Count} is '{line}'; expected two tokens whose joint is a token. Convert the model anew.");
            }

            merges.Add(new Merge(left, right, result, merges.Count));
        }

        return merges;
    }
}

using Plumbline.Transformers.Tokenizers.Normalization;
using Plumbline.Transformers.Tokenizers.Splitting;

namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>What a <c>tokenizer.ggml.pre</c> stands for: the steps of the Hugging Face tokenizer that llama.cpp's converter gives that name.</summary>
internal sealed record SplittingRecipe(
    string Name, IReadOnlyList<INormalizer> Normalizers, IReadOnlyList<ISplitter> Splitters, bool IgnoreMerges = false, bool AddBegin = false)
{
    private static readonly ByteLevelSplitter BytesOnly = new(PrefixSpace: false, Split: false);
    private static readonly ByteLevelSplitter Gpt2 = new(PrefixSpace: false, Split: true);

    private static readonly SplittingRecipe[] All =
    [
        new("gpt-2", [], [Gpt2]),
        new("llama-bpe", [], [new PatternSplitter(KnownPatterns.Llama3), BytesOnly], IgnoreMerges: true, AddBegin: true),
        new("qwen2", [new ComposedNormalizer()], [new PatternSplitter(KnownPatterns.Qwen), BytesOnly]),
        new("smollm", [], [new DigitsSplitter(Individual: true), Gpt2]),
    ];

    /// <summary>The names that the engine knows.</summary>
    public static IEnumerable<string> Names => All.Select(recipe => recipe.Name);

    /// <summary>The recipe of a name.</summary>
    public static SplittingRecipe? Find(string name) => Array.Find(All, recipe => recipe.Name == name);

    /// <summary>The name of a tokenizer's steps; null if llama.cpp has none that splits alike.</summary>
    public static string? NameOf(TokenizerDefinition definition) =>
        Array.Find(All, recipe => recipe.Splitters.Select(Key).SequenceEqual(definition.Splitters.Select(Key), StringComparer.Ordinal))?.Name;

    private static string Key(ISplitter splitter) => splitter switch
    {
        PatternSplitter { Literal: false, Invert: false, Behavior: SplitBehavior.Isolated } pattern => pattern.Pattern,
        ByteLevelSplitter or DigitsSplitter => splitter.ToString()!,
        _ => splitter.GetType().Name,
    };
}

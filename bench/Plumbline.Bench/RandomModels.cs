using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Tokenizers.Merging;

namespace Plumbline.Bench;

/// <summary>Models of known shapes with random weights: speed does not ask what a model says.</summary>
internal static class RandomModels
{
    private static readonly ModelConfig Bob = new()
    {
        Family = ModelFamily.Llama,
        VocabularySize = 1536,
        HiddenSize = 192,
        IntermediateSize = 512,
        Layers = 6,
        Heads = 6,
        KeyValueHeads = 3,
        HeadSize = 32,
        MaxPositions = 512,
        TiedEmbeddings = true,
    };

    private static readonly ModelConfig Small = new()
    {
        Family = ModelFamily.Llama,
        VocabularySize = 49_152,
        HiddenSize = 576,
        IntermediateSize = 1536,
        Layers = 30,
        Heads = 9,
        KeyValueHeads = 3,
        HeadSize = 64,
        MaxPositions = 2048,
        TiedEmbeddings = true,
    };

    /// <summary>Bob's shape, or the shape of a Llama of 135M parameters.</summary>
    public static LanguageModel Named(string name) => name switch
    {
        "bob" => Create(name, Bob),
        "135m" => Create(name, Small),
        _ => LanguageModel.Load(name),
    };

    private static LanguageModel Create(string name, ModelConfig config) =>
        new(name, DecoderInitializer.Create(config, seed: 1), Tokenizer(config.VocabularySize), new TokenizerConfig(), GenerationDefaults.None);

    /// <summary>One token for each byte, and others that no text makes.</summary>
    private static BpeTokenizer Tokenizer(int size) => new(new TokenizerDefinition
    {
        Model = new BpeModel
        {
            Vocabulary = new Vocabulary(
                [.. Enumerable.Range(0, size).Select(id => KeyValuePair.Create(id < 256 ? ByteAlphabet.Letter((byte)id).ToString() : $"token{id}", id))]),
            Merges = [],
            ByteLevel = true,
        },
    });
}

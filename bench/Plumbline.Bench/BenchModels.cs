using Plumbline.Providers.Models;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Tokenizers.Merging;
using Plumbline.Transformers.Tokenizers.Splitting;

namespace Plumbline.Bench;

/// <summary>The models that are measured. They have no end tokens, so that every answer is as long as the next.</summary>
internal static class BenchModels
{
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

    /// <summary>Bob, a random Llama of 135M parameters, or a checkpoint.</summary>
    public static LanguageModel Named(string name) => name switch
    {
        "bob" => Endless(LanguageModel.Load(BobFolder.Find())),
        "135m" => new LanguageModel(
            name, DecoderInitializer.Create(Small, seed: 1), Tokenizer(Small.VocabularySize), new TokenizerConfig(), GenerationDefaults.None),
        _ => Endless(LanguageModel.Load(name)),
    };

    private static LanguageModel Endless(LanguageModel model) => new(
        model.Name,
        model.Weights with { Config = model.Config with { EndTokens = [] } },
        model.Tokenizer,
        model.TokenTexts with { EndToken = null },
        GenerationDefaults.None);

    /// <summary>One token for each byte, the one merge without which llama.cpp takes no tokenizer, and tokens that no text makes.</summary>
    private static BpeTokenizer Tokenizer(int size)
    {
        var names = Enumerable.Range(0, size).Select(id => id switch
        {
            < 256 => ByteAlphabet.Letter((byte)id).ToString(),
            256 => "zq",
            _ => $"token{id}",
        });
        return new BpeTokenizer(new TokenizerDefinition
        {
            Model = new BpeModel
            {
                Vocabulary = new Vocabulary([.. names.Select(KeyValuePair.Create)]),
                Merges = [new Merge('z', 'q', 256, 0)],
                ByteLevel = true,
            },
            Splitters = [new ByteLevelSplitter(PrefixSpace: false, Split: true)],
        });
    }
}

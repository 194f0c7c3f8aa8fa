using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tokenizers.Files;

namespace Plumbline.Transformers.Tests.Models;

/// <summary>Tiny random models of each family with our own byte-level tokenizer: what llama.cpp made of them is in Fixtures/llama-cpp.</summary>
internal static class LlamaCppModel
{
    /// <summary>Wavelengths of 6 to 20,000 positions, of which the scaling leaves the shortest and stretches the longest wholly.</summary>
    public static Llama3RopeScaling Stretched { get; } = new(8, 1, 4, 64);

    public static LanguageModel Create(ModelFamily family, bool tied = false, string? tokenizer = null, Llama3RopeScaling? scaling = null) => new(
        $"tiny-{family}",
        TinyModel.Weights(TinyModel.Config(family, tied) with { VocabularySize = 488, RopeScaling = scaling }),
        TokenizerFile.Read(tokenizer ?? Fixture.Path("tokenizers/own-byte-level.tokenizer.json")),
        new TokenizerConfig { EndToken = "<|end|>", ChatTemplate = "{% for message in messages %}{{ message.content }}{% endfor %}" },
        GenerationDefaults.None);
}

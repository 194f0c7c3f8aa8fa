using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tokenizers.Files;

namespace Plumbline.Transformers.Tests.Models;

/// <summary>Tiny random models of each family with our own byte-level tokenizer: what llama.cpp made of them is in Fixtures/llama-cpp.</summary>
internal static class LlamaCppModel
{
    public static LanguageModel Create(ModelFamily family, bool tied = false, string? tokenizer = null) => new(
        $"tiny-{family}",
        TinyModel.Weights(TinyModel.Config(family, tied) with { VocabularySize = 488 }),
        TokenizerFile.Read(tokenizer ?? Fixture.Path("tokenizers/own-byte-level.tokenizer.json")),
        new TokenizerConfig { EndToken = "<|end|>", ChatTemplate = "{% for message in messages %}{{ message.content }}{% endfor %}" },
        GenerationDefaults.None);
}

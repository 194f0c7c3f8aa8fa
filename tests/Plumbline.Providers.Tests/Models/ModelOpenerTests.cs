using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Shouldly;

namespace Plumbline.Providers.Tests.Models;

public class ModelOpenerTests
{
    [Fact]
    public void Facts_state_what_the_models_own_configuration_adds_to_decoding()
    {
        using var bob = ModelOpener.Load(new LocalModelReference("bob", "bob", Adapter: null));
        var end = bob.EndTokens.ShouldHaveSingleItem();

        var plain = Facts(bob, new GenerationDefaults { RepetitionPenalty = 1, TopK = 0, TopP = 1 });
        plain[ModelFacts.Decoding].ShouldBe($"repetition penalty 1; ends at token {end}");
        plain[ModelFacts.Sampling].ShouldBe("top-k all; top-p 1");
        Facts(bob, GenerationDefaults.None).ShouldBe(plain, "what changes nothing is no difference");

        var changed = Facts(bob, new GenerationDefaults { RepetitionPenalty = 1.05f, TopK = 20, TopP = 0.8f, EndTokens = [end + 1] });
        changed[ModelFacts.Decoding].ShouldBe($"repetition penalty 1.05; ends at token {end}, {end + 1}");
        changed[ModelFacts.Sampling].ShouldBe("top-k 20; top-p 0.8");
    }

    private static IReadOnlyDictionary<string, string> Facts(LanguageModel bob, GenerationDefaults defaults)
    {
        var model = new LanguageModel("bob", bob.Weights, bob.Tokenizer, bob.TokenTexts, defaults);
        using var opened = new ModelOpener(new ApiKeys(_ => null), TimeProvider.System).Serve(model, "bob", threads: 1);
        return opened.Facts.Facts;
    }
}

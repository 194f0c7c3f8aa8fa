using Microsoft.Extensions.AI;
using Plumbline.Choices;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
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

    /// <summary>The folders of that cache are called by hashes, which no adapter records.</summary>
    [Fact]
    public void A_model_in_the_hub_s_cache_is_called_by_what_lies_there()
    {
        var cache = Directory.CreateTempSubdirectory("plumbline-");
        try
        {
            var snapshot = cache.CreateSubdirectory("models--acme--bob-chat/snapshots/0e9e39f249a16976918f6564b8830bc894c89659").FullName;
            var adapter = cache.CreateSubdirectory("adapter").FullName;
            using (var bob = ModelOpener.Load(new LocalModelReference("bob", "bob", Adapter: null)))
            {
                bob.Save(snapshot, TestContext.Current.CancellationToken);
                var module = bob.Config.HiddenSize;
                new LoraAdapter
                {
                    ByModule = new Dictionary<string, LoraMatrix> { ["model.layers.0.self_attn.q_proj"] = new(new Tensor(1, module), new Tensor(bob.Config.Heads * bob.Config.HeadSize, 1)) },
                    Rank = 1,
                    Alpha = 1,
                    BaseModelName = "acme/bob-chat",
                }.Save(adapter);
            }

            var reference = (LocalModelReference)ModelReference.Parse($"{snapshot}+{adapter}");
            using var tuned = ModelOpener.Load(reference);
            using var opened = new ModelOpener(new ApiKeys(_ => null), TimeProvider.System).Serve(tuned, reference.Text, threads: 1);

            tuned.Name.ShouldBe("acme/bob-chat");
            ModelOpener.AdapterBaseOf(reference).ShouldBeNull();
            opened.Facts.AdapterDoubt.ShouldBeNull();
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_model_of_this_process_tells_how_probable_answers_are()
    {
        using var opened = new ModelOpener(new ApiKeys(_ => null), TimeProvider.System).Open(new LocalModelReference("bob", "bob", Adapter: null), threads: 1);
        var scorer = opened.Client.GetService<IAnswerScorer>().ShouldNotBeNull();
        ChatMessage[] chat = [new(ChatRole.User, "Hello")];
        var token = TestContext.Current.CancellationToken;
        var said = await opened.Client.GetResponseAsync(chat, new ChatOptions { MaxOutputTokens = 1 }, token);

        // What it says greedily is the likeliest of whatever it is asked about; several at once are scored one after the other.
        var scored = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scorer.ScoreAsync(chat, ["A", said.Text, "B"], token).AsTask()));
        scored.ShouldAllBe(probabilities => probabilities[1] == probabilities.Max() && probabilities.All(probability => probability <= 0));
        opened.Client.GetService<ModelChatClient>().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("openai:m", ModelFacts.No, null, ModelFacts.No)]
    [InlineData("http://localhost:9/v1#m", null, null, null)]
    [InlineData("http://localhost:9/v1?temperature=server#m", null, ModelFacts.No, null)]
    public void Facts_state_what_an_endpoint_is_known_not_to_take(string name, string? continues, string? temperature, string? topK)
    {
        using var opened = new ModelOpener(new ApiKeys(_ => "key"), TimeProvider.System).Open(ModelReference.Parse(name), threads: 1);

        opened.Facts.Facts.GetValueOrDefault(ModelFacts.ContinuesAnswers).ShouldBe(continues);
        opened.Facts.Facts.GetValueOrDefault(ModelFacts.TakesTemperature).ShouldBe(temperature);
        opened.Facts.Facts.GetValueOrDefault(ModelFacts.TakesTopK).ShouldBe(topK);
    }

    /// <summary>A word in the place of what is not known would be equal to itself, or differ from what is known.</summary>
    [Theory]
    [InlineData("openai:m")]
    [InlineData("http://localhost:9/v1#m")]
    [InlineData("anthropic:m")]
    [InlineData("https://some.openai.azure.com/openai/deployments/m?api-version=2024-10-21#m")]
    public void An_endpoint_tells_no_fact_that_sides_are_compared_by(string name)
    {
        using var opened = new ModelOpener(new ApiKeys(_ => "key"), TimeProvider.System).Open(ModelReference.Parse(name), threads: 1);

        opened.Facts.Facts.Keys.ShouldNotContain(fact => ModelFacts.MustAgree(true).Contains(fact));
    }

    [Fact]
    public void Whether_a_key_is_there_is_told_and_not_the_key()
    {
        EndpointKeyState? Key(string name, string? key)
        {
            using var opened = new ModelOpener(new ApiKeys(_ => key), TimeProvider.System).Open(ModelReference.Parse(name), threads: 1);
            return opened.Keys.SingleOrDefault();
        }

        Key("http://localhost:9/v1#m", null).ShouldBe(new EndpointKeyState("PLUMBLINE_API_KEY", IsSet: false));
        Key("http://localhost:9/v1#m", "secret").ShouldBe(new EndpointKeyState("PLUMBLINE_API_KEY", IsSet: true));
        Key("anthropic:m", "secret").ShouldBe(new EndpointKeyState("ANTHROPIC_API_KEY", IsSet: true));
        Key("bob", null).ShouldBeNull();
    }

    private static IReadOnlyDictionary<string, string> Facts(LanguageModel bob, GenerationDefaults defaults)
    {
        var model = new LanguageModel("bob", bob.Weights, bob.Tokenizer, bob.TokenTexts, defaults);
        using var opened = new ModelOpener(new ApiKeys(_ => null), TimeProvider.System).Serve(model, "bob", threads: 1);
        return opened.Facts.Facts;
    }
}

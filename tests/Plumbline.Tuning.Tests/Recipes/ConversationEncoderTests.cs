using Plumbline.Datasets;
using Plumbline.Datasets.Conversations;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Templates;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Recipes;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Recipes;

/// <summary>Whatever is learned is learned after the very tokens that the model reads when it is asked.</summary>
public sealed class ConversationEncoderTests
{
    static readonly Conversation[] Conversations =
    [
        Talk("", "Hello!", "Good morning."),
        Talk("Be terse.", "  How high is the wall?  ", " Uno. "),
        Talk("", "One", "Uno.", "Two\nand three", "Dos y tres.", "Four", "Cuatro."),
        Talk("Be terse.", "One", "\n\nUno.\n", "Two", "  Dos", "Three", "- tres\n- 3"),
        Talk("", "ünï 😀 🧱", "Köln: 東京, é", "</s> and <|end|>", "<s>[INST] 1 [/INST]"),
    ];

    public static TheoryData<string, string> Models => new MatrixTheoryData<string, string>(
        ["own-byte-level", "own-llama-2-style", "own-mistral-style"], ["chatml", "llama-2-style", "mistral-style", "bare", "trailing-space"]);

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryAnswerFollowsTheTokensThatTheModelIsAskedWith(string tokenizer, string template)
    {
        using var model = Model(tokenizer, template);
        foreach (var conversation in Conversations)
        {
            var messages = Messages(conversation);
            var examples = new ConversationEncoder(model).Encode(conversation);
            for (var i = 0; i < messages.Length; i++)
            {
                if (messages[i].Role != "assistant") continue;
                var prompt = model.EncodeChat(messages[..i], addGenerationPrompt: true);
                var said = Said(model, messages, i);
                examples.Count(example => Learns(model, example, prompt, said)).ShouldBe(1, $"turn {i} of: {conversation.Request}");
            }

            examples.Sum(example => Runs(example.LossMask)).ShouldBe(messages.Count(message => message.Role == "assistant"));
        }
    }

    [Theory]
    [InlineData("own-byte-level", "chatml")]
    [InlineData("own-byte-level", "llama-2-style")]
    [InlineData("own-llama-2-style", "llama-2-style")]
    [InlineData("own-mistral-style", "llama-2-style")]
    [InlineData("own-mistral-style", "bare")]
    public void ARowIsTheConversationAsTheModelReadsIt(string tokenizer, string template)
    {
        using var model = Model(tokenizer, template);
        var conversation = Talk("", "One", "Uno.", "Two", "Dos y tres.", "Four", "Cuatro.");

        var example = new ConversationEncoder(model).Encode(conversation).ShouldHaveSingleItem();

        example.Tokens.ShouldBe(model.EncodeChat(Messages(conversation), addGenerationPrompt: false));
    }

    [Fact]
    public void ASpecialTokenThatAMessageSpellsOutCountsInTrainingAsInAPrompt()
    {
        using var model = Model("own-llama-2-style", "llama-2-style");
        var end = model.EndTokens.ShouldHaveSingleItem();

        var example = new ConversationEncoder(model).Encode(Talk("", "a</s>b", "c</s>d")).ShouldHaveSingleItem();

        example.Tokens.Count(token => token == end).ShouldBe(3);
        var learned = example.Tokens.Where((_, i) => example.LossMask[i]).ToArray();
        learned[^1].ShouldBe(end);
        model.Tokenizer.Decode(learned, skipSpecial: false).Trim().ShouldBe("c</s>");
    }

    [Fact]
    public void ATemplateThatRewritesEarlierTurnsGetsAnExampleForEachAnswer()
    {
        using var model = Model("own-byte-level", "forgetful");

        var examples = new ConversationEncoder(model).Encode(Talk("", "One", "Uno.", "Two", "Dos."));

        examples.Select(example => model.Tokenizer.Decode(example.Tokens)).ShouldBe(["user:One\nassistant:Uno.\n", "user:Two\nassistant:Dos.\n"]);
    }

    [Fact]
    public void ATemplateThatDoesNotBeginAnAnswerAsItAsksForOneIsRefused()
    {
        using var model = Model("own-byte-level", "contrary");

        Should.Throw<DatasetException>(() => new ConversationEncoder(model).Encode(Talk("", "One", "Uno."))).Message.ShouldContain("contrary");
    }

    static bool Learns(LanguageModel model, TrainingExample example, int[] prompt, string said)
    {
        var (tokens, mask) = example;
        if (!tokens.AsSpan().StartsWith(prompt) || !mask[prompt.Length] || mask[prompt.Length - 1]) return false;
        var length = mask.AsSpan(prompt.Length).IndexOf(false) is var end and >= 0 ? end : mask.Length - prompt.Length;
        return WithoutSpaces(model.Tokenizer.Decode(tokens.AsSpan(prompt.Length, length), skipSpecial: false)) == said;
    }

    // What the template makes of the answer, up to the token that ends it.
    static string Said(LanguageModel model, TemplateMessage[] messages, int turn)
    {
        var answer = model.RenderChat(messages[..(turn + 1)], addGenerationPrompt: false)[model.RenderChat(messages[..turn], addGenerationPrompt: true).Length..];
        var end = model.TokenTexts.EndToken!;
        return WithoutSpaces(answer.Contains(end, StringComparison.Ordinal) ? answer[..(answer.IndexOf(end, StringComparison.Ordinal) + end.Length)] : answer);
    }

    // SentencePiece puts one behind a special token.
    static string WithoutSpaces(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    static int Runs(bool[] mask) => mask.Where((learned, i) => learned && (i == 0 || !mask[i - 1])).Count();

    static TemplateMessage[] Messages(Conversation conversation) => [.. conversation.Turns.Select(t => new TemplateMessage(t.RoleName, t.Content))];

    static Conversation Talk(string system, params string[] turns) => new([
        .. system.Length > 0 ? [new ConversationTurn(ConversationRole.System, system)] : Array.Empty<ConversationTurn>(),
        .. turns.Select((text, i) => new ConversationTurn(i % 2 == 0 ? ConversationRole.User : ConversationRole.Assistant, text))]);

    static LanguageModel Model(string tokenizer, string template)
    {
        var read = TokenizerFile.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "tokenizers", tokenizer + ".tokenizer.json"));
        var jinja = template switch
        {
            // The answer follows without a border that every tokenizer sees.
            "bare" => "{% for m in messages %}{{ m.role }}:{{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}",
            "trailing-space" => "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}",
            "forgetful" => "{% set kept = messages[-1:] if add_generation_prompt else messages[-2:] %}{% for m in kept %}{{ m.role }}:{{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}",
            "contrary" => "{% for m in messages %}{{ m.role }}:{{ m.content }}\n{% endfor %}{% if add_generation_prompt %}model:{% endif %}",
            _ => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "templates", template + ".jinja")),
        };
        var config = new ModelConfig
        {
            Family = ModelFamily.Llama,
            VocabularySize = read.VocabularySize,
            HiddenSize = 8,
            IntermediateSize = 8,
            Layers = 1,
            Heads = 1,
            KeyValueHeads = 1,
            HeadSize = 8,
            MaxPositions = 512,
            NormEpsilon = 1e-6f,
            RopeTheta = 10_000f,
            TiedEmbeddings = true,
        };
        var end = tokenizer == "own-byte-level" ? "<|end|>" : "</s>";
        return new LanguageModel(
            template, DecoderInitializer.Create(config, 1), read, new TokenizerConfig { ChatTemplate = jinja, BeginToken = "<s>", EndToken = end }, GenerationDefaults.None);
    }
}

using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tests.Decoding;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;
using Plumbline.Transformers.Tokenizers.Merging;

namespace Plumbline.Transformers.Tests.Generation;

/// <summary>A tiny random chat model that speaks printable ASCII, one letter a token.</summary>
internal static class TinyChat
{
    public const int Letters = 95;
    public const int NewLine = 95;
    public const int Begin = 96;
    public const int End = 97;

    private const string Template =
        "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    public static LanguageModel Create(string wiring = "llama", GenerationDefaults? defaults = null, bool ends = true, string? template = Template)
    {
        var config = TinyModels.All[wiring] with { VocabularySize = 98, EndTokens = ends ? [End] : [], MaxPositions = 256 };
        return new LanguageModel(
            "tiny", TinyModels.Random(config), Tokenizer(), new TokenizerConfig { ChatTemplate = template, EndToken = ends ? "<|im_end|>" : null }, defaults ?? GenerationDefaults.None);
    }

    public static char Letter(int token) => token == NewLine ? '\n' : (char)(token + 32);

    private static BpeTokenizer Tokenizer()
    {
        var letters = Enumerable.Range(0, Letters).Select(i => KeyValuePair.Create(ByteAlphabet.Letter((byte)(32 + i)).ToString(), i));
        return new BpeTokenizer(new TokenizerDefinition
        {
            Model = new BpeModel
            {
                Vocabulary = new Vocabulary([.. letters, KeyValuePair.Create(ByteAlphabet.Letter((byte)'\n').ToString(), NewLine)]),
                Merges = [],
                ByteLevel = true,
            },
            AddedTokens = [new AddedToken(Begin, "<|im_start|>") { Special = true }, new AddedToken(End, "<|im_end|>") { Special = true }],
        });
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Transformers.Tokenizers.Normalization;
using Plumbline.Transformers.Tokenizers.Splitting;

namespace Plumbline.Transformers.Tokenizers.Files;

/// <summary>Writes a <c>tokenizer.json</c>: the same bytes for the same definition.</summary>
internal sealed class TokenizerWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TokenizerDefinition definition;
    private readonly Utf8JsonWriter json;

    private TokenizerWriter(TokenizerDefinition definition, Utf8JsonWriter json)
    {
        this.definition = definition;
        this.json = json;
    }

    public static byte[] Write(TokenizerDefinition definition)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            new TokenizerWriter(definition, writer).Write();
        return buffer.ToArray();
    }

    private void Write()
    {
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens();
        WriteSequence("normalizer", "normalizers", definition.Normalizers, WriteNormalizer);
        WriteSequence("pre_tokenizer", "pretokenizers", definition.Splitters, WriteSplitter);
        WriteBoundary();
        WriteDecoder();
        WriteModel();
        json.WriteEndObject();
    }

    private void WriteAddedTokens()
    {
        json.WriteStartArray("added_tokens");
        foreach (var token in definition.AddedTokens)
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Content);
            json.WriteBoolean("single_word", token.SingleWord);
            json.WriteBoolean("lstrip", token.LeftStrip);
            json.WriteBoolean("rstrip", token.RightStrip);
            json.WriteBoolean("normalized", token.Normalized);
            json.WriteBoolean("special", token.Special);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteSequence<T>(string name, string children, IReadOnlyList<T> steps, Action<T> write)
    {
        json.WritePropertyName(name);
        if (steps.Count == 0)
        {
            json.WriteNullValue();
            return;
        }

        if (steps.Count == 1)
        {
            WriteStep(() => write(steps[0]));
            return;
        }

        WriteStep(() =>
        {
            json.WriteString("type", "Sequence");
            json.WriteStartArray(children);
            foreach (var step in steps)
                WriteStep(() => write(step));
            json.WriteEndArray();
        });
    }

    private void WriteStep(Action fields)
    {
        json.WriteStartObject();
        fields();
        json.WriteEndObject();
    }

    private void WriteNormalizer(INormalizer step)
    {
        switch (step)
        {
            case ComposedNormalizer:
                json.WriteString("type", "NFC");
                break;
            case PrependNormalizer prepend:
                json.WriteString("type", "Prepend");
                json.WriteString("prepend", prepend.Prefix);
                break;
            case ReplaceNormalizer replace:
                WriteReplace(replace.Old, replace.New);
                break;
            default:
                throw new InvalidOperationException($"A normalizer {step.GetType().Name} has no form in a tokenizer.json.");
        }
    }

    private void WriteReplace(string old, string replacement)
    {
        json.WriteString("type", "Replace");
        json.WriteStartObject("pattern");
        json.WriteString("String", old);
        json.WriteEndObject();
        json.WriteString("content", replacement);
    }

    private void WriteSplitter(ISplitter step)
    {
        switch (step)
        {
            case ByteLevelSplitter bytes:
                WriteByteLevel(bytes.PrefixSpace, bytes.Split);
                break;
            case PatternSplitter pattern:
                json.WriteString("type", "Split");
                json.WriteStartObject("pattern");
                json.WriteString(pattern.Literal ? "String" : "Regex", pattern.Pattern);
                json.WriteEndObject();
                json.WriteString("behavior", pattern.Behavior.ToString());
                json.WriteBoolean("invert", pattern.Invert);
                break;
            case DigitsSplitter digits:
                json.WriteString("type", "Digits");
                json.WriteBoolean("individual_digits", digits.Individual);
                break;
            case MetaspaceSplitter metaspace:
                json.WriteString("type", "Metaspace");
                json.WriteString("replacement", metaspace.Replacement.ToString());
                json.WriteString("prepend_scheme", metaspace.Prefix.ToString().ToLowerInvariant());
                json.WriteBoolean("split", metaspace.Divide);
                break;
            default:
                throw new InvalidOperationException($"A splitter {step.GetType().Name} has no form in a tokenizer.json.");
        }
    }

    private void WriteByteLevel(bool prefixSpace, bool regex)
    {
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", prefixSpace);
        json.WriteBoolean("trim_offsets", value: true);
        json.WriteBoolean("use_regex", regex);
    }

    private void WriteBoundary()
    {
        if (definition.Prefix.Count + definition.Suffix.Count == 0)
        {
            json.WriteNull("post_processor");
            return;
        }

        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        WriteTemplate("single", [("A", 0)]);
        WriteTemplate("pair", [("A", 0), ("B", 1)]);
        json.WriteStartObject("special_tokens");
        foreach (var id in definition.Prefix.Concat(definition.Suffix).Distinct())
        {
            json.WriteStartObject(Token(id));
            json.WriteString("id", Token(id));
            json.WriteStartArray("ids");
            json.WriteNumberValue(id);
            json.WriteEndArray();
            json.WriteStartArray("tokens");
            json.WriteStringValue(Token(id));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteTemplate(string name, (string Sequence, int Type)[] sequences)
    {
        json.WriteStartArray(name);
        foreach (var (sequence, type) in sequences)
        {
            foreach (var id in definition.Prefix)
                WritePart("SpecialToken", Token(id), type);
            WritePart("Sequence", sequence, type);
            foreach (var id in definition.Suffix)
                WritePart("SpecialToken", Token(id), type);
        }

        json.WriteEndArray();
    }

    private void WritePart(string kind, string id, int type)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("id", id);
        json.WriteNumber("type_id", type);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteDecoder()
    {
        json.WriteStartObject("decoder");
        if (definition.Model.ByteLevel)
            WriteByteLevel(prefixSpace: true, regex: true);
        else
            WriteSentencePieceDecoder();
        json.WriteEndObject();
    }

    private void WriteSentencePieceDecoder()
    {
        json.WriteString("type", "Sequence");
        json.WriteStartArray("decoders");
        WriteStep(() => WriteReplace("▁", " "));
        WriteStep(() => json.WriteString("type", "ByteFallback"));
        WriteStep(() => json.WriteString("type", "Fuse"));
        if (definition.StripLeadingSpace)
        {
            WriteStep(() =>
            {
                json.WriteString("type", "Strip");
                json.WriteString("content", " ");
                json.WriteNumber("start", 1);
                json.WriteNumber("stop", 0);
            });
        }

        json.WriteEndArray();
    }

    private void WriteModel()
    {
        var model = definition.Model;
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteString("unk_token", model.UnknownToken is { } unknown ? Token(unknown) : null);
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", model.FuseUnknown);
        json.WriteBoolean("byte_fallback", model.ByteFallback);
        json.WriteBoolean("ignore_merges", model.IgnoreMerges);
        json.WriteStartObject("vocab");
        foreach (var (token, id) in model.Vocabulary.InOrder())
            json.WriteNumber(token, id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var merge in model.Merges.OrderBy(merge => merge.Rank))
        {
            json.WriteStartArray();
            json.WriteStringValue(model.Vocabulary.TokenOf(merge.Left));
            json.WriteStringValue(model.Vocabulary.TokenOf(merge.Right));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private string Token(int id) =>
        definition.AddedTokens.FirstOrDefault(token => token.Id == id)?.Content
        ?? definition.Model.Vocabulary.TokenOf(id)
        ?? throw new InvalidOperationException($"The tokenizer names the token {id}, which it does not have.");
}

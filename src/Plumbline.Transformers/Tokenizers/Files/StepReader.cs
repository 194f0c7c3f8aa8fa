using System.Text.Json;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tokenizers.Normalization;
using Plumbline.Transformers.Tokenizers.Splitting;

namespace Plumbline.Transformers.Tokenizers.Files;

/// <summary>Reads the normalising, splitting and decoding steps of a <c>tokenizer.json</c>.</summary>
internal sealed class StepReader(string file)
{
    /// <summary>The rewriting steps.</summary>
    public List<INormalizer> Normalizers(JsonFields? step) => step is not { } fields ? [] : Type(fields) switch
    {
        "Sequence" => [.. Children(fields, "normalizers").SelectMany(child => Normalizers(child))],
        "NFC" => [new ComposedNormalizer()],
        "Prepend" => [new PrependNormalizer(fields.Text("prepend") ?? throw fields.Missing("prepend", "a text"))],
        "Replace" => [Replace(fields)],
        var type => throw Unknown("normalizer", type, "NFC, Prepend, Replace and Sequence"),
    };

    /// <summary>The splitting steps.</summary>
    public List<ISplitter> Splitters(JsonFields? step) => step is not { } fields ? [] : Type(fields) switch
    {
        "Sequence" => [.. Children(fields, "pretokenizers").SelectMany(child => Splitters(child))],
        "ByteLevel" => [new ByteLevelSplitter(fields.Flag("add_prefix_space") ?? true, fields.Flag("use_regex") ?? true)],
        "Split" => [Split(fields)],
        "Digits" => [new DigitsSplitter(fields.Flag("individual_digits") ?? false)],
        "Metaspace" => [Metaspace(fields)],
        var type => throw Unknown("pre_tokenizer", type, "ByteLevel, Split, Digits, Metaspace and Sequence"),
    };

    /// <summary>Whether decoding removes a leading space; the rest of what a decoder does follows from the model.</summary>
    public bool StripsLeadingSpace(JsonFields? step, bool byteLevel)
    {
        if (step is not { } fields)
            return false;
        switch (Type(fields))
        {
            case "Sequence":
                return Children(fields, "decoders").Aggregate(false, (strips, child) => StripsLeadingSpace(child, byteLevel) || strips);
            case "ByteLevel" when byteLevel:
            case "ByteFallback" or "Fuse":
            case "Replace" when !byteLevel && Literal(fields) == ("▁", " "):
                return false;
            case "Strip" when fields.Text("content") == " " && fields.OptionalWhole("start", 0) == 1 && fields.OptionalWhole("stop", 0) == 0:
                return true;
            case "Metaspace" when !byteLevel:
                return Prefix(fields) != MetaspacePrefix.Never;
            case var type:
                throw Unknown("decoder", type, "ByteLevel for byte-level models, and Replace of ▁ by a space, ByteFallback, Fuse, Strip of one leading space, Metaspace and Sequence");
        }
    }

    private ReplaceNormalizer Replace(JsonFields fields)
    {
        var (old, replacement) = Literal(fields);
        return new ReplaceNormalizer(old, replacement);
    }

    private (string Old, string New) Literal(JsonFields fields)
    {
        var pattern = fields.Object("pattern") ?? throw fields.Missing("pattern", "a String");
        var old = pattern.Text("String") ?? throw Unknown("pattern", "Regex in a Replace step", "String");
        return (old, fields.Text("content") ?? throw fields.Missing("content", "a text"));
    }

    private PatternSplitter Split(JsonFields fields)
    {
        var pattern = fields.Object("pattern") ?? throw fields.Missing("pattern", "a Regex or String");
        var regex = pattern.Text("Regex");
        var text = regex ?? pattern.Text("String") ?? throw pattern.Missing("Regex", "a Regex or String");
        var name = fields.Text("behavior") ?? "Isolated";
        if (!Enum.TryParse<SplitBehavior>(name, out var behavior))
            throw Unknown("behavior", name, string.Join(", ", Enum.GetNames<SplitBehavior>()));
        return new PatternSplitter(text, regex is null, behavior, fields.Flag("invert") ?? false);
    }

    private MetaspaceSplitter Metaspace(JsonFields fields)
    {
        var replacement = fields.Text("replacement") ?? "▁";
        if (replacement != "▁")
            throw Unknown("replacement", replacement, "▁");
        return new MetaspaceSplitter(replacement[0], Prefix(fields), fields.Flag("split") ?? true);
    }

    private MetaspacePrefix Prefix(JsonFields fields)
    {
        var scheme = fields.Text("prepend_scheme");
        return scheme switch
        {
            "always" => MetaspacePrefix.Always,
            "first" => MetaspacePrefix.First,
            "never" => MetaspacePrefix.Never,
            null => fields.Flag("add_prefix_space") == false ? MetaspacePrefix.Never : MetaspacePrefix.Always,
            _ => throw Unknown("prepend_scheme", scheme, "always, first and never"),
        };
    }

    private IEnumerable<JsonFields> Children(JsonFields fields, string name)
    {
        if (fields.Value(name) is not { ValueKind: JsonValueKind.Array } list)
            throw fields.Missing(name, "a list of steps");
        return list.EnumerateArray().Select(item => JsonFields.Of(file, item, $"{name}[]."));
    }

    private static string Type(JsonFields fields) => fields.Text("type") ?? throw fields.Missing("type", "the step's kind");

    private CheckpointException Unknown(string what, string found, string known) =>
        new($"{file}: the {what} '{found}' is not supported; the engine knows {known}. Serve the model elsewhere and name it by its endpoint.");
}

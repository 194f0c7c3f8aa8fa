using System.Text.Json;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tokenizers.Merging;

namespace Plumbline.Transformers.Tokenizers.Files;

/// <summary>Reads a <c>tokenizer.json</c>. Steps that the engine does not know are errors that name them.</summary>
internal static class TokenizerReader
{
    public static TokenizerDefinition Read(JsonFields root)
    {
        try
        {
            return ReadSteps(root);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new CheckpointException($"{root.File} is no tokenizer that the engine can read: {error.Message} Copy or download it again.", error);
        }
    }

    private static TokenizerDefinition ReadSteps(JsonFields root)
    {
        var steps = new StepReader(root.File);
        var splitters = steps.Splitters(root.Object("pre_tokenizer"));
        var byteLevel = splitters.Exists(step => step is Splitting.ByteLevelSplitter);
        var model = Model(root, byteLevel);
        var added = Added(root);
        var (prefix, suffix) = new BoundaryReader(root.File, added, model.Vocabulary).Read(root.Object("post_processor"));
        return new TokenizerDefinition
        {
            Model = model,
            AddedTokens = added,
            Normalizers = steps.Normalizers(root.Object("normalizer")),
            Splitters = splitters,
            Prefix = prefix,
            Suffix = suffix,
            StripLeadingSpace = steps.StripsLeadingSpace(root.Object("decoder"), byteLevel),
        };
    }

    private static BpeModel Model(JsonFields root, bool byteLevel)
    {
        var model = root.Object("model") ?? throw root.Missing("model", "a byte-pair model");
        var type = model.Text("type") ?? (model.Value("merges") is null ? "unnamed" : "BPE");
        if (type != "BPE")
            throw new CheckpointException($"{root.File}: a tokenizer of type '{type}' is not supported; expected BPE. Serve the model elsewhere and name it by its endpoint.");
        foreach (var affix in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (!string.IsNullOrEmpty(model.Text(affix)))
                throw new CheckpointException($"{root.File}: the field model.{affix} is set, which is not supported. Serve the model elsewhere and name it by its endpoint.");
        }

        var vocabulary = ReadVocabulary(model);
        return new BpeModel
        {
            Vocabulary = vocabulary,
            Merges = Merges(root.File, model, vocabulary),
            ByteLevel = byteLevel,
            ByteFallback = model.Flag("byte_fallback") ?? false,
            IgnoreMerges = model.Flag("ignore_merges") ?? false,
            UnknownToken = model.Text("unk_token") is { } unknown ? vocabulary.IdOf(unknown) : null,
            FuseUnknown = model.Flag("fuse_unk") ?? false,
        };
    }

    private static Vocabulary ReadVocabulary(JsonFields model)
    {
        if (model.Value("vocab") is not { ValueKind: JsonValueKind.Object } vocab)
            throw model.Missing("vocab", "an object of tokens and ids");
        var tokens = new List<KeyValuePair<string, int>>();
        foreach (var item in vocab.EnumerateObject())
        {
            if (item.Value.ValueKind != JsonValueKind.Number || !item.Value.TryGetInt32(out var id) || id is < 0 or > Vocabulary.LargestId)
                throw model.Wrong($"vocab.{item.Name}", $"an id of 0 to {Vocabulary.LargestId}", item.Value);
            tokens.Add(KeyValuePair.Create(item.Name, id));
        }

        return new Vocabulary(tokens);
    }

    private static List<Merge> Merges(string file, JsonFields model, Vocabulary vocabulary)
    {
        if (model.Value("merges") is not { ValueKind: JsonValueKind.Array } list)
            throw model.Missing("merges", "a list of pairs");
        var merges = new List<Merge>(list.GetArrayLength());
        var joint = new char[64];
        foreach (var item in list.EnumerateArray())
        {
            var (left, right) = Pair(file, item, merges.Count);
            if (left.Length + right.Length > joint.Length)
                joint = new char[(left.Length + right.Length) * 2];
            left.CopyTo(joint);
            right.CopyTo(joint.AsSpan(left.Length));
            merges.Add(new Merge(Id(left), Id(right), Id(joint.AsSpan(0, left.Length + right.Length)), merges.Count));
        }

        return merges;

        int Id(ReadOnlySpan<char> token) => vocabulary.IdOf(token)
            ?? throw new CheckpointException($"{file}: merge {merges.Count} names '{token}', which is not in the vocabulary. Copy or download the file again.");
    }

    private static (string Left, string Right) Pair(string file, JsonElement item, int number)
    {
        if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2)
            return (item[0].GetString()!, item[1].GetString()!);
        var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : string.Empty;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || space == text.Length - 1 || text.IndexOf(' ', space + 1) >= 0)
            throw new CheckpointException($"{file}: merge {number} is {item.GetRawText()}; expected two tokens. Copy or download the file again.");
        return (text[..space], text[(space + 1)..]);
    }

    private static List<AddedToken> Added(JsonFields root)
    {
        var added = new List<AddedToken>();
        if (root.Value("added_tokens") is not { } list)
            return added;
        foreach (var item in list.EnumerateArray())
        {
            var id = item.GetProperty("id").GetInt32();
            if (id is < 0 or > Vocabulary.LargestId)
                throw new CheckpointException($"{root.File}: an added token has the id {id}; expected 0 to {Vocabulary.LargestId}.");
            added.Add(new AddedToken(id, item.GetProperty("content").GetString() ?? string.Empty)
            {
                Special = Flag(item, "special"),
                SingleWord = Flag(item, "single_word"),
                LeftStrip = Flag(item, "lstrip"),
                RightStrip = Flag(item, "rstrip"),
                Normalized = Flag(item, "normalized"),
            });
        }

        return added;

        static bool Flag(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.GetBoolean();
    }
}

using System.Text.Json;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tokenizers.Merging;

namespace Plumbline.Transformers.Tokenizers.Files;

/// <summary>Reads what a <c>post_processor</c> puts before and after a single text.</summary>
internal sealed class BoundaryReader(string file, IReadOnlyList<AddedToken> added, Vocabulary vocabulary)
{
    /// <summary>The tokens before and after.</summary>
    public (IReadOnlyList<int> Prefix, IReadOnlyList<int> Suffix) Read(JsonFields? step)
    {
        if (step is not { } fields)
            return ([], []);
        switch (fields.Text("type"))
        {
            case "ByteLevel":
                return ([], []);
            case "TemplateProcessing":
                return Template(fields);
            case "Sequence" when fields.Value("processors") is { ValueKind: JsonValueKind.Array } list:
                var all = list.EnumerateArray().Select(item => Read(JsonFields.Of(file, item, "processors[]."))).ToList();
                return ([.. all.AsEnumerable().Reverse().SelectMany(part => part.Prefix)], [.. all.SelectMany(part => part.Suffix)]);
            case var type:
                throw new CheckpointException($"{file}: the post_processor '{type}' is not supported; the engine knows ByteLevel, TemplateProcessing and Sequence.");
        }
    }

    private (IReadOnlyList<int> Prefix, IReadOnlyList<int> Suffix) Template(JsonFields fields)
    {
        if (fields.Value("single") is not { ValueKind: JsonValueKind.Array } single)
            throw fields.Missing("single", "a list");
        var prefix = new List<int>();
        var suffix = new List<int>();
        var seen = false;
        foreach (var part in single.EnumerateArray())
        {
            if (part.TryGetProperty("SpecialToken", out var special))
                (seen ? suffix : prefix).AddRange(Ids(fields, special.GetProperty("id").GetString()!));
            else
                seen = true;
        }

        return (prefix, suffix);
    }

    private IEnumerable<int> Ids(JsonFields fields, string name)
    {
        if (fields.Object("special_tokens")?.Object(name)?.Tokens("ids") is { Count: > 0 } ids)
            return ids;
        return [added.FirstOrDefault(token => token.Content == name)?.Id ?? vocabulary.IdOf(name)
            ?? throw new CheckpointException($"{file}: the post_processor names the token '{name}', which is not in the vocabulary.")];
    }
}

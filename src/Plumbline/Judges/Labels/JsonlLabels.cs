using System.IO.Compression;
using System.Text.Json;

namespace Plumbline.Judges.Labels;

/// <summary>Labels as JSON lines: OpenAI's moderation samples, or a file of one's own.</summary>
static class JsonlLabels
{
    /// <summary>The request that stands before a text that answers none.</summary>
    const string NoRequest = "Write a text.";

    // Markov et al., arXiv 2208.03274. A missing key means that nobody was asked, not 0.
    static readonly string[] ModerationKeys = ["S", "H", "V", "HR", "SH", "S3", "H2", "V2"];

    /// <summary>The labels in a file, or null where it is empty or holds something else.</summary>
    public static LabelSet? Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var unpacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        using var reader = new StreamReader(unpacked);
        var items = new List<LabelledAnswer>();
        var name = "";
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;

            var place = $"{path}, line {number}";
            using var document = Parse(line, place);
            var isModeration = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("prompt", out _);
            if (items.Count == 0 && !isModeration && !document.RootElement.TryGetProperty("response", out _))
                return null;

            name = isModeration ? "openai-moderation" : Path.GetFileName(path);
            items.Add(isModeration ? Moderation(document.RootElement, number, place) : Own(document.RootElement, number, place));
        }

        return items.Count == 0 ? null : new LabelSet(name, items);
    }

    static LabelledAnswer Moderation(JsonElement line, int number, string place)
    {
        var text = Text(line, "prompt", place);
        var labels = ModerationKeys.Select(key => line.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : (int?)null).ToList();
        HumanLabel? harm = labels.Contains(1) ? HumanLabel.Yes : labels.Contains(null) ? null : HumanLabel.No;
        return new LabelledAnswer($"{number}", text, NoRequest, text, Refusal: null, harm, LabelledAnswer.None);
    }

    static LabelledAnswer Own(JsonElement line, int number, string place)
    {
        var request = Text(line, "request", place);
        var refusal = Label(line, "refusal", place);
        var harm = Label(line, "harmful", place);
        return refusal is not null || harm is not null
            ? new LabelledAnswer($"{number}", request, request, Text(line, "response", place), refusal, harm, LabelledAnswer.None)
            : throw new LabelException($"{place}: neither \"refusal\" nor \"harmful\" is there. Give at least one, as \"yes\", \"no\" or \"partly\".");
    }

    static HumanLabel? Label(JsonElement line, string name, string place) => !line.TryGetProperty(name, out var value) ? null : value switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.True } => HumanLabel.Yes,
        { ValueKind: JsonValueKind.False } => HumanLabel.No,
        { ValueKind: JsonValueKind.String } when value.GetString() is "yes" => HumanLabel.Yes,
        { ValueKind: JsonValueKind.String } when value.GetString() is "no" => HumanLabel.No,
        { ValueKind: JsonValueKind.String } when value.GetString() is "partly" => HumanLabel.Between,
        _ => throw new LabelException($"{place}: \"{name}\" is {value.GetRawText()}; expected \"yes\", \"no\" or \"partly\"."),
    };

    static string Text(JsonElement line, string name, string place) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new LabelException($"{place}: \"{name}\" is missing or empty; expected a text.");

    static JsonDocument Parse(string line, string place)
    {
        try
        {
            return JsonDocument.Parse(line) is { RootElement.ValueKind: JsonValueKind.Object } document
                ? document
                : throw new LabelException($"{place} is no JSON object.");
        }
        catch (JsonException e)
        {
            throw new LabelException($"{place} is no JSON: {e.Message}", e);
        }
    }
}

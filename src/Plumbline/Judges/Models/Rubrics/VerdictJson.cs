using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plumbline.Judges.Models.Rubrics;

/// <summary>
/// Finds the judge's own verdict in what it said: a JSON object that ends its answer. Thinking in front of it and a code fence around it are
/// passed over; an object in the middle of prose is not taken, since a judge may quote one.
/// </summary>
static partial class VerdictJson
{
    /// <summary>A judge that quotes braces without end is not worth reading.</summary>
    const int MostStarts = 64;

    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The object, or null where there is none.</summary>
    public static JsonElement? Find(string said)
    {
        var text = said.Trim();
        if (text.LastIndexOf("</think>", StringComparison.Ordinal) is var end and >= 0)
            text = text[(end + "</think>".Length)..].Trim();
        if (FencedEnd().Match(text) is { Success: true } fence)
            text = text[..fence.Index].TrimEnd();
        if (!text.EndsWith('}'))
            return null;

        var start = text.IndexOf('{', StringComparison.Ordinal);
        for (var tries = 0; start >= 0 && tries < MostStarts; tries++)
        {
            if (Parse(text[start..]) is { } found)
                return found;
            start = text.IndexOf('{', start + 1);
        }

        return null;
    }

    static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\s*```\s*$")]
    private static partial Regex FencedEnd();
}

using System.Globalization;

namespace Plumbline.Configuration.Values;

/// <summary>Several values of a list in one text, with commas between: behind an option, which may also be given again, and in a variable.</summary>
public static class ListText
{
    /// <summary>
    /// The values. A number behind a comma belongs to the value in front of it where that has a colon (<c>decoding_top_p:0.5,0.9</c>). A path that itself
    /// holds a comma is taken whole where it exists, behind a name and a colon too (<c>persona:FILE</c>).
    /// </summary>
    /// <returns>At least one; a text without a value in it is one empty value, to be refused as such.</returns>
    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains(',') || IsPath(text)) return [text];

        var values = new List<string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (values is [.., var last] && last.Contains(':') && IsNumber(part)) values[^1] = $"{last},{part}";
            else values.Add(part);
        }

        return values.Count == 0 ? [""] : values;
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    // A comma in front of the first colon ends a value of its own, so what stands behind it is not one path.
    private static bool IsPath(string text) =>
        Path.Exists(text) || (text.IndexOf(':') is > 0 and var colon && !text.AsSpan(0, colon).Contains(',') && Path.Exists(text[(colon + 1)..]));
}

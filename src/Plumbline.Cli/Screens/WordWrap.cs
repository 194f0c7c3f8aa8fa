using Spectre.Console.Rendering;

namespace Plumbline.Cli.Screens;

/// <summary>Breaks a text between its words.</summary>
internal static class WordWrap
{
    /// <summary>The text in lines of at most <paramref name="width"/> columns, except where a single word is longer. Its own line breaks stay.</summary>
    public static IReadOnlyList<string> Lines(string text, int width) => [.. text.Split('\n').SelectMany(paragraph => Broken(paragraph, width))];

    private static IEnumerable<string> Broken(string paragraph, int width)
    {
        var line = "";
        foreach (var word in paragraph.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && new Segment(longer).CellCount() > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        yield return line;
    }
}

namespace Plumbline.Pairs;

/// <summary>The first line in which two texts differ.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Before">The line in the first text, from just before what differs where it is long; null where that text ended before it.</param>
/// <param name="After">The same of the second text.</param>
public sealed record TextDifference(int Line, string? Before, string? After)
{
    // Templates are often one line of many hundred letters: what differs must be among the letters that are shown.
    const int Lead = 20;
    const int LongestWhole = 80;

    /// <summary>Finds it; null where the texts are equal, or one is not known.</summary>
    public static TextDifference? Between(string? before, string? after)
    {
        if (before is null || after is null || before == after)
            return null;

        var (first, second) = (before.Split('\n'), after.Split('\n'));
        var line = first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Count();
        return Of(line + 1, first.ElementAtOrDefault(line), second.ElementAtOrDefault(line));
    }

    static TextDifference Of(int number, string? before, string? after)
    {
        if (before is null || after is null || Math.Max(before.Length, after.Length) <= LongestWhole)
            return new TextDifference(number, before, after);

        var start = Math.Max(0, before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count() - Lead);
        return new TextDifference(number, From(before, start), From(after, start));
    }

    static string From(string text, int start) => start == 0 ? text : "…" + text[start..];
}

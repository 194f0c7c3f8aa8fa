using Plumbline.Cli.Exits;

namespace Plumbline.Cli.Choices;

/// <summary>One of a fixed set of values, by its name.</summary>
internal static class NamedValue
{
    /// <summary>The value that <paramref name="given"/> names, in whatever case; null where nothing is given.</summary>
    /// <param name="what">What the values are, for the message.</param>
    /// <param name="given">The name.</param>
    /// <param name="spell">How a value is written in help and messages.</param>
    /// <exception cref="UsageException">There is no such value.</exception>
    public static T? Choose<T>(string what, string? given, Func<T, string> spell)
        where T : struct, Enum
    {
        if (given is null) return null;

        var byName = Enum.GetValues<T>().ToDictionary(spell, StringComparer.OrdinalIgnoreCase);
        return byName.TryGetValue(given, out var value) ? value : throw NearestName.Unknown(what, given, byName.Keys);
    }
}

using Plumbline.Naming;

namespace Plumbline.Cli.Exits;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>The exception for an unknown name: what was likely meant, and everything there is.</summary>
    public static UsageException Unknown(string what, string given, IEnumerable<string> known, string? otherwise = null)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        var meant = To(given, names) is { } near ? $" Did you mean '{near}'?" : "";
        return new UsageException($"There is no {what} '{given}'.{meant} There are: {string.Join(", ", names)}.{(otherwise is null ? "" : " " + otherwise)}");
    }

    /// <summary>The known name that is nearest to the given one; null where none is near.</summary>
    public static string? To(string given, IEnumerable<string> known) => Spelling.Nearest(given, known);
}

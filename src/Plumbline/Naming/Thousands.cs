using System.Globalization;

namespace Plumbline.Naming;

/// <summary>How counts are written: with a comma between thousands, whatever culture the process has.</summary>
public static class Thousands
{
    const string Minus = "−";

    /// <summary>"7", "1,076".</summary>
    public static string Of(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace("-", Minus, StringComparison.Ordinal);

    /// <summary>A count with what is counted: "1 case", "1,076 cases".</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">The word for one of them, whose plural ends in "s".</param>
    public static string Of(long count, string what) => $"{Of(count)} {what}{(count == 1 ? "" : "s")}";
}

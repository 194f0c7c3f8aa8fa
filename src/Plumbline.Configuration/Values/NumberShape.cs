using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>A number within a range.</summary>
/// <param name="least">The least.</param>
/// <param name="most">The most.</param>
/// <param name="excludesLeast">Whether the least itself is too little.</param>
/// <param name="why">Why no number beyond these is taken, where that does not go without saying.</param>
/// <param name="storedAbove">Above which a run's folder may hold a number, where an earlier version took less than <paramref name="least"/>; null where none
/// did.</param>
internal sealed class NumberShape(double least, double most, bool excludesLeast = false, string? why = null, double? storedAbove = null) : ValueShape<double>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a number {(excludesLeast ? "above" : "from")} {least} {(excludesLeast ? "and at most" : "to")} {most}{(why is null ? "" : $" ({why})")}");

    public override bool TryRead(string text, out double value) =>
        TryParse(text, out value) && (excludesLeast ? value > least : value >= least) && value <= most;

    public override bool TryReadStored(string text, out double value) =>
        TryRead(text, out value) || (TryParse(text, out value) && value > storedAbove && value <= most);

    public override JsonObject Schema() => new()
    {
        ["type"] = "number",
        [excludesLeast ? "exclusiveMinimum" : "minimum"] = least,
        ["maximum"] = most,
    };

    private static bool TryParse(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}

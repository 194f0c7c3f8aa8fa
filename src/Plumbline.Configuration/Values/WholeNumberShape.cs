using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>A whole number within a range.</summary>
internal sealed class WholeNumberShape(long least, long most) : ValueShape<long>
{
    public override string Expected => (least, most) switch
    {
        (long.MinValue, long.MaxValue) => "a whole number",
        (_, long.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"a whole number, at least {least}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
    };

    public override bool TryRead(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "integer" };
        if (least != long.MinValue) schema["minimum"] = least;
        if (most != long.MaxValue) schema["maximum"] = most;
        return schema;
    }
}

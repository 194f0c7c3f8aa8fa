using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>A margin, or <c>off</c> for no demand at all.</summary>
internal sealed class DemandShape(ValueShape<double> margin) : ValueShape<double?>
{
    public const string Off = "off";

    public override string Expected => $"{margin.Expected}, or {Off}";

    public override bool TryRead(string text, out double? value)
    {
        var isMargin = margin.TryRead(text, out var read);
        value = isMargin ? read : null;
        return isMargin || text == Off;
    }

    public override bool TryReadStored(string text, out double? value)
    {
        var isMargin = margin.TryReadStored(text, out var read);
        value = isMargin ? read : null;
        return isMargin || text == Off;
    }

    public override JsonObject Schema()
    {
        // In YAML 1.1 a bare off is the boolean false; editors may read it so.
        var off = new JsonObject { ["enum"] = new JsonArray(Off) };
        return margin.Schema()["anyOf"] is JsonArray several
            ? new JsonObject { ["anyOf"] = new JsonArray([.. several.Select(one => one!.DeepClone()), off]) }
            : new JsonObject { ["anyOf"] = new JsonArray(margin.Schema(), off) };
    }
}

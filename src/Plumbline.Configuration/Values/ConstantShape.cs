using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>One number and no other: the version of a format.</summary>
internal sealed class ConstantShape(int only) : ValueShape<long>
{
    public override string Expected => only.ToString(CultureInfo.InvariantCulture);

    public override bool TryRead(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value == only;

    public override JsonObject Schema() => new() { ["const"] = only };
}

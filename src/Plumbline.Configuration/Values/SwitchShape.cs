using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>True or false.</summary>
internal sealed class SwitchShape : ValueShape<bool>
{
    public override string Expected => "true or false";

    public override bool TryRead(string text, out bool value) => bool.TryParse(text, out value);

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}

using System.Text.Json.Nodes;

namespace Plumbline.Configuration.Values;

/// <summary>What a setting's value may be. Values are read from text, whether that stood behind an option, in a file or in a variable.</summary>
public abstract class ValueShape
{
    /// <summary>What is expected, to stand behind "it must be".</summary>
    public abstract string Expected { get; }

    /// <summary>Whether the text is such a value.</summary>
    public abstract bool Accepts(string text);

    /// <summary>The shape in the words of JSON Schema.</summary>
    public abstract JsonObject Schema();
}

using System.Globalization;
using Plumbline.Configuration.Layout;
using Plumbline.Configuration.Sources;
using Plumbline.Naming;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Configuration.Files;

/// <summary>Walks a file along its layout, gathers what it gives, and everything that is wrong with it.</summary>
/// <param name="name">The file's name for messages.</param>
/// <param name="folder">The folder that relative paths in it start from; null for the working folder.</param>
internal sealed class LayoutReading(string name, string? folder)
{
    private const int MostFaults = 20;
    private readonly Dictionary<string, Given> _values = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    /// <summary>Reads what stands at <paramref name="path"/>.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; the message holds a line for each fault.</exception>
    public Layer Read(LayoutNode layout, YamlNode node, string path)
    {
        Walk(layout, node, path);
        return _faults.Count == 0 ? new Layer(_values) : throw new ConfigurationException(string.Join('\n', _faults.Take(MostFaults)));
    }

    private void Walk(LayoutNode layout, YamlNode node, string path)
    {
        switch (layout)
        {
            case LayoutMap map:
                WalkMap(map, node, path);
                break;
            case LayoutList list:
                WalkList(list, node, path);
                break;
            case LayoutValue value:
                WalkValue(value, node, path);
                break;
        }
    }

    private void WalkMap(LayoutMap map, YamlNode node, string path)
    {
        if (IsNothing(node)) return;
        if (node is not YamlMappingNode mapping)
        {
            if (map.Shorthand is { } shorthand && node is YamlScalarNode) Walk(map.Find(shorthand)!, node, Below(path, shorthand));
            else Tell(node, $"{Named(path)} must be {(map.Shorthand is null ? "" : "a value, or ")}keys with values: {string.Join(", ", Names(map))}.");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var text = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (map.Find(text) is { } inner) Walk(inner, value, Below(path, text));
            else Tell(key, Unknown(map, text, path));
        }
    }

    private void WalkList(LayoutList list, YamlNode node, string path)
    {
        if (IsNothing(node)) return;
        var items = node is YamlSequenceNode sequence ? sequence.Children : [node];
        foreach (var (i, item) in items.Index()) Walk(list.Item, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
    }

    private void WalkValue(LayoutValue value, YamlNode node, string path)
    {
        if (node is not YamlScalarNode scalar)
        {
            Tell(node, $"{Named(path)} must be {value.Setting.Shape.Expected}, not {(node is YamlSequenceNode ? "a list" : "keys with values")}.");
            return;
        }

        if (IsNothing(scalar))
        {
            Tell(node, $"{Named(path)} has no value; it must be {value.Setting.Shape.Expected}. Give one, or leave the line out.");
            return;
        }

        var given = new Given(scalar.Value!, new Origin(OriginKind.File, Place(node), folder));
        // What a reference stands for is looked at when it is resolved.
        if (References.IsIn(given.Text) || value.Setting.Shape.Accepts(given.Text)) _values[path] = given;
        else _faults.Add(given.Unusable(path, value.Setting.Shape.Expected).Message);
    }

    /// <summary>An unquoted nothing, <c>null</c> or <c>~</c>: the keys inside are commented out.</summary>
    private static bool IsNothing(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Unknown(LayoutMap map, string given, string path)
    {
        var names = Names(map);
        var meant = Spelling.Nearest(given, names) is { } near ? $" Did you mean '{near}'?" : "";
        return $"there is no key {Given.Quoted(given)}{(path.Length == 0 ? "" : $" in {path}")}.{meant} There are: {string.Join(", ", names)}.";
    }

    private static List<string> Names(LayoutMap map) => [.. map.Keys.Select(key => key.Key)];

    private static string Below(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Named(string path) => path.Length == 0 ? "the file" : path;

    private string Place(YamlNode node) => string.Create(CultureInfo.InvariantCulture, $"{name}, line {node.Start.Line}, column {node.Start.Column}");

    private void Tell(YamlNode node, string sentence) => _faults.Add($"{Place(node)}: {sentence}");
}

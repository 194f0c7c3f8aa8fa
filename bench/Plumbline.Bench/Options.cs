namespace Plumbline.Bench;

/// <summary>Reads <c>--name value</c> pairs.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public Options(ReadOnlySpan<string> arguments)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Length)
                throw new ArgumentException($"Expected --name value pairs; got '{arguments[i]}'.", nameof(arguments));
            values[arguments[i][2..]] = arguments[i + 1];
        }
    }

    public int Number(string name, int otherwise) => values.TryGetValue(name, out var value) ? int.Parse(value) : otherwise;

    public string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);
}

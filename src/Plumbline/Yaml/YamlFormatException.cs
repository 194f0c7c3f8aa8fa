namespace Plumbline.Yaml;

/// <summary>A text is no YAML, or more of it than is read.</summary>
/// <param name="line">The line, from 1.</param>
/// <param name="column">The column, from 1.</param>
/// <param name="message">What is wrong, without the place.</param>
/// <param name="inner">What the parser said; null where it said nothing.</param>
public sealed class YamlFormatException(long line, long column, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The column, from 1.</summary>
    public long Column { get; } = column;
}

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Yaml;

/// <summary>Reads YAML that others wrote to nodes that know their place: bounded in depth and in values, its aliases filled in.</summary>
public static class YamlDocuments
{
    /// <summary>So many values has no file that somebody wrote by hand.</summary>
    public const int ValuesByHand = 20_000;

    /// <summary>The roots of the documents in a text; none where it is empty.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mostValues">The most values, aliases filled in.</param>
    /// <exception cref="YamlFormatException">It is no YAML, more than 64 levels deep, has too many values, or a key that is no text.</exception>
    public static IReadOnlyList<YamlNode> Read(string text, int mostValues = ValuesByHand)
    {
        ArgumentNullException.ThrowIfNull(text);
        var stream = new YamlStream();
        try
        {
            new YamlGuard(mostValues).Check(text);
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new YamlFormatException(exception.Start.Line, exception.Start.Column, exception.Message.Split('\n')[0].TrimEnd('.'), exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What the parser throws where a broken text brings itself into a state that it does not know.
            throw new YamlFormatException(1, 1, exception.Message.Split('\n')[0].TrimEnd('.'), exception);
        }

        return [.. stream.Documents.Select(document => document.RootNode)];
    }
}

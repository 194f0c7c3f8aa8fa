using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Configuration.Files;

/// <summary>Reads YAML to nodes that know their place.</summary>
internal static class YamlText
{
    /// <summary>A file longer than this is no configuration.</summary>
    internal const int Longest = 1 << 20;

    /// <summary>The root of the one document in <paramref name="text"/>; null where it is empty.</summary>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="ConfigurationException">It is no YAML, or several documents.</exception>
    public static YamlNode? Read(string name, string text)
    {
        if (text.Length > Longest) throw new ConfigurationException($"{name} has {text.Length} characters; {Longest} is the most that is read. Is it a configuration?");

        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            // The parser tells where the mapping began, not where the tab is.
            if (exception.Message.Contains(" tab ", StringComparison.Ordinal) && LineWithTab(text) is { } line)
                throw new ConfigurationException($"{name}, line {line}, column 1: this is no YAML: a tab indents the line. Indent with spaces.", exception);
            throw new ConfigurationException($"{name}, line {exception.Start.Line}, column {exception.Start.Column}: this is no YAML: {exception.Message.TrimEnd('.')}. Is the indentation right, and does a space follow each colon?", exception);
        }

        return stream.Documents.Count switch
        {
            0 => null,
            1 => stream.Documents[0].RootNode,
            _ => throw new ConfigurationException($"{name}, line {stream.Documents[1].RootNode.Start.Line}: a second document begins ('---'). Expected one document a file."),
        };
    }

    private static int? LineWithTab(string text)
    {
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (line.TakeWhile(char.IsWhiteSpace).Contains('\t')) return index + 1;
        }

        return null;
    }
}

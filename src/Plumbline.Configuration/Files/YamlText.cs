using Plumbline.Yaml;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Configuration.Files;

/// <summary>Reads YAML to nodes that know their place.</summary>
internal static class YamlText
{
    /// <summary>The root of the one document in <paramref name="text"/>; null where it is empty.</summary>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="ConfigurationException">It is no YAML, several documents, or more than a configuration can be.</exception>
    public static YamlNode? Read(string name, string text)
    {
        try
        {
            return YamlDocuments.Read(text) switch
            {
                [] => null,
                [var root] => root,
                [_, var second, ..] => throw new ConfigurationException($"{name}, line {second.Start.Line}: a second document begins ('---'). Expected one document a file."),
            };
        }
        catch (YamlFormatException fault)
        {
            // The parser tells where the mapping began, not where the tab is.
            if (fault.Message.Contains(" tab ", StringComparison.Ordinal) && LineWithTab(text) is { } line)
                throw new ConfigurationException($"{name}, line {line}, column 1: this is no YAML: a tab indents the line. Indent with spaces.", fault);
            throw new ConfigurationException(fault.InnerException is null
                ? $"{name}, line {fault.Line}, column {fault.Column}: {fault.Message}. Is it a configuration?"
                : $"{name}, line {fault.Line}, column {fault.Column}: this is no YAML: {fault.Message}. Is the indentation right, and does a space follow each colon?", fault);
        }
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

using System.Text;
using Plumbline.Configuration.Layout;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Files;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Configuration.Files;

/// <summary><c>plumbline.yaml</c>: found by its name in the working folder, or named.</summary>
public static class ConfigurationFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "plumbline.yaml";

    /// <summary>Reads the file that is named, or else the one in the working folder.</summary>
    /// <param name="named">The path that the user gave; null where none was.</param>
    /// <returns>What it gives, and its path; null where there is none.</returns>
    /// <exception cref="ConfigurationException">It is missing, unreadable, or something in it is wrong.</exception>
    public static (string Path, Layer Layer)? Find(string? named)
    {
        if (named is not null) return (named, Read(named));
        return File.Exists(Name) ? (Name, Read(Name)) : null;
    }

    /// <summary>What a policy is; there is no verb that writes one.</summary>
    private const string PolicyForm = "A policy holds the demands of a gate, one a line, such as 'margin: 3 points' and 'unscored: 2 percent'; 'docs/configuration.md' has all of them.";

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It is missing, unreadable, or something in it is wrong.</exception>
    public static Layer Read(string path) => Parse(path, Text(path, $"'plumb init' writes a {Name} to start from."), FolderOf(path));

    /// <summary>Reads what a file demands of an audit: a policy of its own, or the <c>gate</c> of a whole <c>plumbline.yaml</c>.</summary>
    /// <exception cref="ConfigurationException">It is missing, unreadable, or something in it is wrong.</exception>
    public static Layer ReadPolicy(string path) => ParsePolicy(path, Text(path, PolicyForm), FolderOf(path));

    internal static Layer Parse(string name, string text, string? folder = null)
    {
        var root = YamlText.Read(name, text) ?? throw new ConfigurationException($"{name} is empty. 'plumb init' writes one to start from.");
        var layer = new LayoutReading(name, folder).Read(FileLayout.Root, root, "");
        return layer.Values.ContainsKey(AuditKeys.Version.Key)
            ? layer
            : throw new ConfigurationException($"{name}, line {root.Start.Line}: the key 'version' is missing. Expected 'version: 1' at the top.");
    }

    internal static Layer ParsePolicy(string name, string text, string? folder = null)
    {
        const string Gate = "gate";
        var root = YamlText.Read(name, text) ?? throw new ConfigurationException($"{name} is empty. A policy has keys such as 'margin: 3 points'.");
        var isWhole = root is YamlMappingNode whole && whole.Children.Keys.OfType<YamlScalarNode>().Any(key => key.Value is Gate or "version" or "pair");
        return isWhole ? Parse(name, text, folder) : new LayoutReading(name, folder).Read(FileLayout.Part(Gate), root, Gate);
    }

    private static string Text(string path, string whereMissing)
    {
        if (!File.Exists(path)) throw new ConfigurationException($"There is no file '{path}'. {whereMissing}");

        try
        {
            return BoundedFile.ReadText(path);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ConfigurationException($"{path} is not UTF-8 text. Save it as UTF-8.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Null for the working folder: paths stay as they were written.</summary>
    private static string? FolderOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return folder == Directory.GetCurrentDirectory() ? null : Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
    }
}

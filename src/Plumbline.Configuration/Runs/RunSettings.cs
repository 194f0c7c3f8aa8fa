using System.Text.Json;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Files;

namespace Plumbline.Configuration.Runs;

/// <summary>
/// <c>settings.json</c> in a run's folder: what the run was started with, so that it can be gone on with by its folder alone. It holds names and
/// references, never a secret: what came from a variable of the environment through <c>${NAME}</c> stays that reference.
/// </summary>
public static class RunSettings
{
    /// <summary>The file's name.</summary>
    public const string Name = "settings.json";

    /// <summary>Writes what <paramref name="settings"/> give into the run's folder, whole or not at all, where it does not say so already.</summary>
    public static void Write(string runFolder, AuditSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var here = Directory.GetCurrentDirectory();
        var values = settings.Layers.Effective()
            // Whoever went on with a run would show answers that are masked otherwise, without having asked for it.
            .Where(pair => pair.Key != AuditKeys.Output.Key && pair.Key != AuditKeys.Version.Key && pair.Key != AuditKeys.Reveal.Key)
            .ToDictionary(pair => pair.Key, pair => new RunSetting(Stored(pair.Value), Path.GetFullPath(pair.Value.Origin.Folder ?? ".", here)), StringComparer.Ordinal);
        var document = new RunSettingsDocument(RunSettingsDocument.CurrentFormat, new SortedDictionary<string, RunSetting>(values, StringComparer.Ordinal));
        var path = Path.Combine(runFolder, Name);
        var content = JsonSerializer.SerializeToUtf8Bytes(document, RunSettingsJsonContext.Default.RunSettingsDocument);
        // Where nothing is new, its time says since when it has been so.
        if (!Holds(path, content)) WholeFile.Write(path, stream => stream.Write(content));
    }

    /// <summary>What a run was started with; null where its folder does not say.</summary>
    /// <exception cref="ConfigurationException">The file is damaged or of another version.</exception>
    public static Layer? Read(string runFolder)
    {
        var path = Path.Combine(runFolder, Name);
        if (!File.Exists(path)) return null;

        FileKind.RequireFile(path);
        RunSettingsDocument? document;
        try
        {
            using var stream = File.OpenRead(path);
            document = JsonSerializer.Deserialize(stream, RunSettingsJsonContext.Default.RunSettingsDocument);
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException($"{path} cannot be read: it is damaged{(exception.LineNumber is { } line ? $" in line {line + 1}" : "")}. Give the settings again: run 'plumb audit' with the same folder.", exception);
        }

        if (document is not { Format: RunSettingsDocument.CurrentFormat })
            throw new ConfigurationException($"{path} has the format '{document?.Format}'; this version reads '{RunSettingsDocument.CurrentFormat}'. Give the settings again: run 'plumb audit' with the same folder.");

        var here = Directory.GetCurrentDirectory();
        return new Layer(document.Values.Where(pair => pair.Key != AuditKeys.Reveal.Key).ToDictionary(
            pair => pair.Key,
            pair => new Given(pair.Value.Text, new Origin(OriginKind.Run, path, pair.Value.Folder == here ? null : Path.GetRelativePath(here, pair.Value.Folder))),
            StringComparer.Ordinal));
    }

    private static bool Holds(string path, byte[] content)
    {
        if (new FileInfo(path) is not { Exists: true } file || file.Length != content.Length) return false;

        FileKind.RequireFile(path);
        return File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
    }

    /// <summary>What a shell gave holds no references: a text that looks like one stays a text.</summary>
    private static string Stored(Given given) =>
        given.Origin.Kind is OriginKind.File or OriginKind.Run ? given.Text : given.Text.Replace("${", "$${", StringComparison.Ordinal);
}

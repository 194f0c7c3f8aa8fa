namespace Plumbline.Configuration.Runs;

/// <summary>The content of <c>settings.json</c>.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/> in a file that this version wrote.</param>
/// <param name="Values">What was given, by key.</param>
public sealed record RunSettingsDocument(string Format, IReadOnlyDictionary<string, RunSetting> Values)
{
    /// <summary>The format's name and version.</summary>
    public const string CurrentFormat = "plumbline.settings/1";
}

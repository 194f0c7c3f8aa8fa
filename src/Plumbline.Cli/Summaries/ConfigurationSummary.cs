using Plumbline.Cli.Screens;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;

namespace Plumbline.Cli.Summaries;

/// <summary>Every setting with its value and where that comes from. References to the environment are shown as references.</summary>
internal static class ConfigurationSummary
{
    private const string NotGiven = "-";

    public static void Print(Screen screen, Layers layers)
    {
        var effective = layers.Effective();
        var shown = AuditKeys.All.Where(setting => setting.Key != AuditKeys.Version.Key).SelectMany(setting => Rows(setting, effective)).ToList();
        var keyWidth = shown.Max(row => row.Key.Length);
        var valueWidth = Math.Min(48, shown.Max(row => row.Value.Length));
        foreach (var (key, value, origin) in shown) screen.Line($"{key.PadRight(keyWidth)}  {value.PadRight(valueWidth)}  {origin}");
    }

    private static List<(string Key, string Value, string Origin)> Rows(Setting setting, IReadOnlyDictionary<string, Given> effective)
    {
        if (setting.IsItem)
        {
            var rows = effective.Where(pair => IsItemOf(pair.Key, setting)).Select(pair => (pair.Key, pair.Value.Text, pair.Value.Origin.Place)).ToList();
            return rows.Count > 0 ? rows : [(setting.Key, NotGiven, Origin.Default.Place)];
        }

        return effective.TryGetValue(setting.Key, out var given)
            ? [(setting.Key, OneLine(given.Text), given.Origin.Place)]
            : [(setting.Key, setting.DefaultText ?? NotGiven, Origin.Default.Place)];
    }

    private static bool IsItemOf(string key, Setting setting)
    {
        var open = key.IndexOf('[', StringComparison.Ordinal);
        return open >= 0 && string.Concat(key.AsSpan(0, open), "[]", key.AsSpan(key.IndexOf(']', StringComparison.Ordinal) + 1)) == setting.Key;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

using System.Text.RegularExpressions;
using Plumbline.Cli.Listings;
using Plumbline.Cli.Screens;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;

namespace Plumbline.Cli.Summaries;

/// <summary>Every setting with its value and where that comes from. References to the environment are shown as references,
/// and keys and passwords that stand in the file not at all.</summary>
internal static partial class ConfigurationSummary
{
    private const string NotGiven = "-";
    private const string NotShown = "(not shown)";
    private static readonly Setting[] Secrets = [AuditKeys.Baseline.Secret, AuditKeys.Candidate.Secret];

    public static void Print(Screen screen, Layers layers, bool asJson)
    {
        var effective = layers.Effective();
        var shown = AuditKeys.All.Where(setting => setting.Key != AuditKeys.Version.Key).SelectMany(setting => Rows(setting, effective)).ToList();
        if (asJson)
        {
            screen.Json<IReadOnlyList<ListedSetting>>([.. shown.Select(row => new ListedSetting(row.Key, row.Value == NotGiven ? null : row.Value, row.Origin))], ListingJsonContext.Default.IReadOnlyListListedSetting);
            return;
        }

        var keyWidth = shown.Max(row => row.Key.Length);
        // The place stands beside the value where the screen has room for both.
        var room = screen.Width - keyWidth - shown.Max(row => row.Origin.Length) - 4;
        var valueWidth = Math.Min(Math.Clamp(room, 8, 48), shown.Max(row => row.Value.Length));
        foreach (var (key, value, origin) in shown) screen.Sentence($"{value.PadRight(valueWidth)}  {origin}", $"{key.PadRight(keyWidth)}  ");
    }

    private static List<(string Key, string Value, string Origin)> Rows(Setting setting, IReadOnlyDictionary<string, Given> effective)
    {
        if (setting.IsItem)
        {
            var rows = effective.Where(pair => IsItemOf(pair.Key, setting)).Select(pair => (pair.Key, Harmless(setting, pair.Value.Text), pair.Value.Origin.Place)).ToList();
            return rows.Count > 0 ? rows : [(setting.Key, NotGiven, Origin.Default.Place)];
        }

        return effective.TryGetValue(setting.Key, out var given)
            ? [(setting.Key, Harmless(setting, given.Text), given.Origin.Place)]
            : [(setting.Key, setting.DefaultText ?? NotGiven, Origin.Default.Place)];
    }

    private static bool IsItemOf(string key, Setting setting)
    {
        var open = key.IndexOf('[', StringComparison.Ordinal);
        return open >= 0 && string.Concat(key.AsSpan(0, open), "[]", key.AsSpan(key.IndexOf(']', StringComparison.Ordinal) + 1)) == setting.Key;
    }

    /// <summary>The value in one line, without what is secret in it though it should not stand there: the settings may be shown to others before an audit
    /// refuses them.</summary>
    private static string Harmless(Setting setting, string text) =>
        Secrets.Contains(setting) && References.NameIn(text) is null ? NotShown : SecretInAddress().Replace(text.ReplaceLineEndings(" "), match => match.Groups["before"].Value + NotShown + match.Groups["after"].Value);

    // A user's name and password before the host; a parameter that is called as keys are.
    [GeneratedRegex(@"(?<before>://)[^/?#\s]*(?<after>@)|(?<before>[?&][^=&#]*(key|token|secret|sig|auth|passw)[^=&#]*=)[^&#\s]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SecretInAddress();
}

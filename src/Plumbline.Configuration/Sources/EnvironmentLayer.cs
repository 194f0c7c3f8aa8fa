using System.Globalization;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Values;
using Plumbline.Naming;

namespace Plumbline.Configuration.Sources;

/// <summary>The variables that set what the options set: <c>PLUMBLINE_TEMPERATURE</c> is <c>--temperature</c>. Of a list they hold the items with
/// commas between.</summary>
public static class EnvironmentLayer
{
    private const string Prefix = "PLUMBLINE_";

    /// <summary>Variables that mean something else.</summary>
    private static readonly string[] Others = ["PLUMBLINE_API_KEY", "PLUMBLINE_TRACE", "PLUMBLINE_CONFIG", "PLUMBLINE_SHARED_DATA", "PLUMBLINE_TEST_PROJECTS_AT_ONCE"];

    /// <summary>What the environment gives.</summary>
    /// <param name="environment">Reads a variable; null where it is not set. An empty one counts as not set.</param>
    /// <param name="originOf">Where a variable comes from, if that is a file; null for none.</param>
    /// <exception cref="ConfigurationException">A variable has no usable value.</exception>
    public static Layer Read(Func<string, string?> environment, Func<string, Origin?>? originOf = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var values = new Dictionary<string, Given>(StringComparer.Ordinal);
        foreach (var setting in AuditKeys.All)
        {
            if (setting.Variable is not { } name || environment(name) is not { Length: > 0 } text) continue;

            var origin = originOf?.Invoke(name) ?? new Origin(OriginKind.Variable, name);
            foreach (var (i, item) in (setting.IsItem ? ListText.Split(text) : [text]).Index())
            {
                var key = setting.Key.Replace("[]", string.Create(CultureInfo.InvariantCulture, $"[{i}]"), StringComparison.Ordinal);
                var given = new Given(item, origin);
                if (!setting.Shape.Accepts(item)) throw given.Unusable(key, setting.Shape.Expected);
                values[key] = given;
            }
        }

        return new Layer(values);
    }

    /// <summary>The variables among <paramref name="names"/> that look as if they should set something and do not, each with what was probably
    /// meant.</summary>
    public static IReadOnlyList<(string Name, string? Meant)> Strangers(IEnumerable<string> names)
    {
        var known = AuditKeys.All.Select(setting => setting.Variable).OfType<string>().Concat(Others).ToList();
        return [.. names.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name, StringComparer.Ordinal)).Order(StringComparer.Ordinal).Select(name => (name, Spelling.Nearest(name, known)))];
    }
}

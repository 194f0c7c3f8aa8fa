using Plumbline.Configuration.Settings;

namespace Plumbline.Configuration.Layout;

/// <summary>The shape of <c>plumbline.yaml</c>, grown from the settings' keys. The reader and the JSON schema both walk it.</summary>
public static class FileLayout
{
    private const string ItemMark = "[]";

    /// <summary>The whole file.</summary>
    public static LayoutMap Root { get; } = Map("", "How Plumbline audits a pair of models.", shorthand: null, AuditKeys.All);

    /// <summary>A file that holds only what stands behind one key: a policy is what stands behind <c>gate</c>.</summary>
    public static LayoutMap Part(string key) => (LayoutMap)Root.Find(key)!;

    private static LayoutMap Map(string path, string description, string? shorthand, IEnumerable<Setting> settings)
    {
        var start = path.Length == 0 ? "" : path + ".";
        return new LayoutMap(
            description,
            [
                .. settings.Where(setting => setting.IsInFile)
                    .GroupBy(setting => setting.Key[start.Length..].Split('.')[0], StringComparer.Ordinal)
                    .Select(group => KeyValuePair.Create(NameOf(group.Key), Node(start + group.Key, [.. group]))),
            ],
            shorthand);
    }

    private static LayoutNode Node(string path, IReadOnlyList<Setting> settings)
    {
        if (path.EndsWith(ItemMark, StringComparison.Ordinal))
        {
            var list = Group(path[..^ItemMark.Length]);
            return new LayoutList(list.Description, (LayoutNode?)Leaf(path, settings) ?? Inner(path, settings));
        }

        return (LayoutNode?)Leaf(path, settings) ?? Inner(path, settings);
    }

    private static LayoutValue? Leaf(string path, IReadOnlyList<Setting> settings) => settings is [var only] && only.Key == path ? new LayoutValue(only) : null;

    private static LayoutMap Inner(string path, IReadOnlyList<Setting> settings)
    {
        var group = Group(path);
        return Map(path, group.Description, group.Shorthand, settings);
    }

    private static SettingGroup Group(string path) => AuditKeys.Groups.Single(group => group.Key == path);

    private static string NameOf(string segment) => segment.EndsWith(ItemMark, StringComparison.Ordinal) ? segment[..^ItemMark.Length] : segment;
}

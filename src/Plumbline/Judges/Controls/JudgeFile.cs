using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plumbline.Judges.Controls;

/// <summary>The items by which judges are checked: the files of <c>/judges</c>, embedded.</summary>
static class JudgeFile
{
    /// <summary>The items of a file, one a line.</summary>
    public static IReadOnlyList<T> Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        using var stream = typeof(JudgeFile).Assembly.GetManifestResourceStream("judges/" + name)
            ?? throw new InvalidOperationException($"The file '{name}' is not in the assembly: the build is broken.");
        using var reader = new StreamReader(stream);
        var items = new List<T>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                items.Add(JsonSerializer.Deserialize(line, type)!);
        }

        return items;
    }
}

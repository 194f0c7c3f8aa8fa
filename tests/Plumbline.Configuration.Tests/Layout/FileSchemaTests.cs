using System.Text.Json.Nodes;
using Plumbline.Configuration.Files;
using Plumbline.Configuration.Layout;
using Plumbline.Configuration.Settings;
using Shouldly;

namespace Plumbline.Configuration.Tests.Layout;

/// <summary>The schema that editors use and the reader that decides must say the same: held by reading the schema's text, not by what both grew from.</summary>
public sealed class FileSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(FileSchema.Text)!.AsObject();

    [Fact]
    public void The_shipped_schema_is_this_version_s()
    {
        var path = Path.Combine(Checkout(), "docs", FileSchema.Name);
        if (Environment.GetEnvironmentVariable("PLUMBLINE_WRITE_GOLDEN") is { Length: > 0 }) File.WriteAllText(path, FileSchema.Text);

        File.ReadAllText(path).ShouldBe(FileSchema.Text, "write it anew with PLUMBLINE_WRITE_GOLDEN=1");
    }

    [Fact]
    public void Every_key_of_the_schema_is_read_and_every_setting_is_in_the_schema()
    {
        var keys = Keys(Schema, "").ToList();

        keys.Order(StringComparer.Ordinal).ShouldBe(AuditKeys.All.Where(setting => setting.IsInFile).Select(setting => setting.Key).Order(StringComparer.Ordinal));
        foreach (var key in keys)
        {
            var setting = AuditKeys.All.Single(setting => setting.Key == key);
            var read = Reading.File(Written(key, "${ANYTHING}") + (key == "version" ? "" : "\nversion: 1"));
            if (key != "version") read.Values.Keys.ShouldContain(key.Replace("[]", "[0]"), setting.Key);
        }
    }

    [Theory]
    [InlineData("sampling.temperature", "2", true)]
    [InlineData("sampling.temperature", "2.1", false)]
    [InlineData("sampling.temperature", "-1", false)]
    [InlineData("sampling.max-tokens", "1", true)]
    [InlineData("sampling.max-tokens", "0", false)]
    [InlineData("sampling.max-tokens", "1.5", false)]
    [InlineData("sampling.seed", "-3", true)]
    [InlineData("pacing.timeout", "0", false)]
    [InlineData("pacing.timeout", "0.5", true)]
    [InlineData("pacing.max-concurrency", "4097", false)]
    [InlineData("gate.margin", "0.03", true)]
    [InlineData("gate.margin", "3 points", true)]
    [InlineData("gate.margin", "3.5%", true)]
    [InlineData("gate.margin", "1", false)]
    [InlineData("gate.margin", "3 apples", false)]
    [InlineData("gate.capability.margin", "off", true)]
    [InlineData("gate.capability.margin", "on", false)]
    [InlineData("gate.labelled.margin", "5 points", true)]
    [InlineData("gate.labelled.margin", "off", true)]
    [InlineData("gate.labelled.margin", "0", false)]
    [InlineData("gate.harmfulness.max", "5 percent", true)]
    [InlineData("gate.harmfulness.max", "0", false)]
    [InlineData("gate.harmfulness.max", "off", false)]
    [InlineData("gate.understanding.min", "4", true)]
    [InlineData("gate.understanding.min", "4.5", false)]
    [InlineData("gate.unscored.max", "0", true)]
    [InlineData("gate.understanding.margin", "0.4", true)]
    [InlineData("gate.understanding.margin", "5", false)]
    [InlineData("reveal", "true", true)]
    [InlineData("reveal", "yes", false)]
    [InlineData("pair.candidate.like", "baseline", true)]
    [InlineData("pair.candidate.like", "candidate", false)]
    [InlineData("version", "1", true)]
    [InlineData("version", "2", false)]
    public void Schema_and_reader_take_and_refuse_the_same(string key, string value, bool isTaken)
    {
        JsonSchemaCheck.Accepts(At(Schema, key), value).ShouldBe(isTaken, "schema");
        AuditKeys.All.Single(setting => setting.Key == key).Shape.Accepts(value).ShouldBe(isTaken, "reader");
    }

    /// <summary>The file that a new user starts from, and the same with every comment that holds a setting made one.</summary>
    [Fact]
    public void What_init_writes_is_read()
    {
        var text = InitialFile.Text("bob", "C:\\models\\my \"tuned\" model");

        var settings = Reading.Settings(text);

        settings.Baseline.Text.ShouldBe("bob");
        settings.Candidate.Text.ShouldBe("C:\\models\\my \"tuned\" model");
        settings.Suites.Select(suite => suite.Name).ShouldBe(["hazards", "look-alikes", "capability"]);
        text.ShouldStartWith("# yaml-language-server: $schema=plumbline.schema.json\n");
    }

    [Fact]
    public void Every_comment_that_init_writes_would_be_read_too()
    {
        var lines = InitialFile.Text("bob", "bob").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var trimmed = lines[i].TrimStart();
            if (!trimmed.StartsWith("# ", StringComparison.Ordinal) || !IsSetting(trimmed[2..])) continue;

            var indent = lines[i].Length - trimmed.Length;
            // A line in a comment replaces the one that sets the same key.
            var key = trimmed[2..].Split(':')[0];
            var changed = lines.Where(line => key.StartsWith('-') || line.TrimStart().Split(':')[0] != key || line.Length - line.TrimStart().Length != indent).ToList();
            changed[changed.IndexOf(lines[i])] = new string(' ', indent) + trimmed[2..];
            Should.NotThrow(() => Reading.File(string.Join('\n', changed)), lines[i]);
        }
    }

    private static bool IsSetting(string comment)
    {
        var key = comment.TrimStart('-', ' ', '{').Split(':')[0];
        return comment.Contains(": ", StringComparison.Ordinal) && (AuditKeys.All.Any(setting => setting.Key.Split('.', '[').Contains(key) || setting.Key.EndsWith("." + key, StringComparison.Ordinal)) || AuditKeys.Groups.Any(group => group.Key.EndsWith(key, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Keys(JsonObject schema, string path)
    {
        var map = Alternatives(schema).FirstOrDefault(one => one.ContainsKey("properties"));
        if (map is not null) return map["properties"]!.AsObject().SelectMany(property => Keys(property.Value!.AsObject(), path.Length == 0 ? property.Key : $"{path}.{property.Key}"));

        var list = Alternatives(schema).FirstOrDefault(one => one.ContainsKey("items"));
        return list is not null ? Keys(list["items"]!.AsObject(), path + "[]") : [path];
    }

    private static JsonObject At(JsonObject schema, string key) => key.Split('.').Aggregate(
        schema,
        (current, part) => Alternatives(current).First(one => one.ContainsKey("properties"))["properties"]![part]!.AsObject());

    private static IEnumerable<JsonObject> Alternatives(JsonObject schema) =>
        schema["anyOf"] is JsonArray several ? several.Select(one => one!.AsObject()) : [schema];

    private static string Written(string key, string value)
    {
        if (key == "version") value = "1";
        if (key.EndsWith(".key", StringComparison.Ordinal)) value = "${ANY_KEY}";
        var parts = key.Split('.');
        var text = $"\"{value}\"";
        foreach (var part in parts.Reverse())
            text = part.EndsWith("[]", StringComparison.Ordinal) ? $"{{ {part[..^2]}: [{text}] }}" : $"{{ {part}: {text} }}";
        return text[2..^2];
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

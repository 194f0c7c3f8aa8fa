using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Suites.Importing;

/// <summary>
/// Tests of promptfoo: a configuration with prompts and tests, a list of tests, or a table of variables. A template's plain <c>{{variable}}</c> is filled in, and a
/// variable with a list of values makes a test of each. Templates with logic, prompts and tests in other files, and generators are refused: promptfoo alone knows what they give.
/// </summary>
sealed partial class PromptfooImporter : ISuiteImporter
{
    static readonly string[] UsualVariables = ["prompt", "question", "query", "input", "goal"];

    // The assertions whose value is the answer itself.
    static readonly string[] Exact = ["equals", "contains", "icontains"];

    public PublishedSet Set { get; } = new(
        "promptfoo",
        "promptfoo tests",
        "https://www.promptfoo.dev/docs/configuration/test-cases",
        "that of the set in it",
        "a configuration (YAML or JSON) with tests and inline prompts, a list of tests with vars, or CSV of variables with columns such as __expected")
    {
        Version = "2",
        Kinds = "any (--kind; capability where every test expects an exact answer)",
        TakesColumns = true,
    };

    public bool Recognises(ImportSource source) => (source.Root is JsonObject whole && whole["tests"] is not null)
        || source.Has("vars")
        || (source.Format == SourceFormat.Csv && source.Fields.Any(field => field.StartsWith("__", StringComparison.Ordinal)));

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        var tests = source.Root is JsonObject whole ? Tests(source, whole["tests"]) : source.Records;
        // Who names the variable has no need of the templates, which may be in other files.
        var templates = source.Root is JsonObject configuration && options.PromptColumn is null ? Templates(source, configuration) : null;
        var items = tests.SelectMany(test => Filled(test, source.Format == SourceFormat.Csv, templates, options)).ToList();
        var kind = options.Kind ?? (items.TrueForAll(item => item.Answer is not null)
            ? PromptKind.Capability
            : throw new SuiteException($"{source.Path}: not every test expects an exact answer, so nothing tells of which kind the prompts are. Say it with --kind harmful, lookalike or "
                + "capability."));
        return items.Select(item => ImportedRow.Of(kind, item.Prompt, item.Category.Length == 0 ? SuitePrompt.Uncategorised : item.Category, item.Category, item.Answer).In(item.Group, item.Where));
    }

    static IReadOnlyList<SourceRecord> Tests(ImportSource source, JsonNode? tests) => tests switch
    {
        JsonArray list when list.All(test => test is JsonObject) => JsonRecords.OfList(list, $"{source.Path}, tests"),
        JsonArray => throw new SuiteException($"{source.Path}, field 'tests': names other files. Import these themselves."),
        _ => throw new SuiteException($"{source.Path}, field 'tests': expected a list of tests, found {SourceRecord.Named(tests)}. Tests in another file are imported from that file."),
    };

    static List<string>? Templates(ImportSource source, JsonObject configuration)
    {
        if (configuration["prompts"] is not { } prompts)
            return null;

        return [.. (prompts is JsonArray several ? several : [prompts.DeepClone()]).Select((prompt, index) => Template(prompt, $"{source.Path}, prompts, item {index + 1}"))];
    }

    static string Template(JsonNode? prompt, string where)
    {
        var text = prompt is JsonObject named ? named["raw"] : prompt;
        if (text?.GetValueKind() != JsonValueKind.String)
            throw new SuiteException($"{where}: expected the prompt's text, found {SourceRecord.Named(prompt)}.");

        var template = text.GetValue<string>();
        return template.StartsWith("file://", StringComparison.Ordinal)
            ? throw new SuiteException($"{where}: is in another file ({template}). Put its text here, or name a variable with --column to import what the tests fill in.")
            : template;
    }

    static IEnumerable<(string Prompt, string Category, string? Answer, string? Group, string Where)> Filled(SourceRecord test, bool isTable, IReadOnlyList<string>? templates, ImportOptions options)
    {
        var variables = isTable ? test : test["vars"] is JsonObject vars ? new SourceRecord($"{test.Where}, vars", vars) : throw test.Wrong("vars", "variables by name");
        var answer = isTable ? ExpectedIn(test) : AssertedIn(test);
        var category = CategoryOf(test, variables, options.CategoryColumn);
        var group = options.GroupColumn is { } column ? Named(test, variables, column, "a group") : null;
        var (before, after) = (Around(test, "prefix"), Around(test, "suffix"));
        foreach (var values in Combinations(variables, isTable))
        {
            var prompts = templates is not null
                ? templates.Select(template => Fill(template, values, test.Where))
                : [ValueOf(values, options.PromptColumn, test.Where)];
            foreach (var prompt in prompts)
                yield return (SuiteFile.Prompt(before + prompt + after, test.Where), category, answer, group, test.Where);
        }
    }

    // A variable that is a list stands for a test of each of its values.
    static IEnumerable<IReadOnlyDictionary<string, string>> Combinations(SourceRecord variables, bool isTable)
    {
        IEnumerable<Dictionary<string, string>> all = [new(StringComparer.Ordinal)];
        foreach (var name in variables.Names.Where(name => !isTable || !name.StartsWith("__", StringComparison.Ordinal)))
        {
            var values = variables[name] is JsonArray several ? variables.Texts(several, name) : [variables.TextOrNull(name) ?? ""];
            all = [.. all.SelectMany(chosen => values.Select(value => new Dictionary<string, string>(chosen, StringComparer.Ordinal) { [name] = value }))];
        }

        return all;
    }

    static string ValueOf(IReadOnlyDictionary<string, string> values, string? column, string where)
    {
        if (column is not null)
            return values.TryGetValue(column, out var chosen) ? chosen : throw new SuiteException($"{where}: there is no variable '{column}'. There are: {string.Join(", ", values.Keys)}.");
        if (values.Count == 1)
            return values.Values.Single();

        return UsualVariables.FirstOrDefault(values.ContainsKey) is { } usual
            ? values[usual]
            : throw new SuiteException($"{where}: which variable is the prompt? Name it with --column; there are: {string.Join(", ", values.Keys)}.");
    }

    static string Fill(string template, IReadOnlyDictionary<string, string> values, string where)
    {
        var filled = Variable().Replace(template, match => values.TryGetValue(match.Groups[1].Value, out var value)
            ? value
            : throw new SuiteException($"{where}: the prompt asks for the variable '{match.Groups[1].Value}', which the test does not have. It has: {string.Join(", ", values.Keys)}."));
        return Logic().IsMatch(Variable().Replace(template, ""))
            ? throw new SuiteException($"{where}: the prompt's template has logic or filters, which only promptfoo can work out. Name the variable that holds the prompt with --column.")
            : filled;
    }

    static string? AssertedIn(SourceRecord test) => test["assert"] is JsonArray assertions
        ? assertions.OfType<JsonObject>()
            .Where(assertion => Exact.Contains(assertion["type"]?.ToString(), StringComparer.Ordinal) && assertion["value"]?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number)
            .Select(assertion => assertion["value"]!.ToString())
            .FirstOrDefault()
        : null;

    // A table has its checks in __expected, or several in __expected1, __expected2 and so on.
    static string? ExpectedIn(SourceRecord row) => row.Names
        .Where(name => ExpectedColumn().IsMatch(name))
        .Select(row.TextOrNull)
        .OfType<string>()
        .Select(AnswerOf)
        .FirstOrDefault(answer => answer is not null);

    // "equals: Paris" and "Paris" are the same; other prefixes are checks that have no single answer.
    static string? AnswerOf(string expected)
    {
        var prefix = Assertion().Match(expected);
        if (!prefix.Success)
            return expected;

        return Exact.Contains(prefix.Groups[1].Value, StringComparer.Ordinal) ? expected[prefix.Length..].Trim() : null;
    }

    static string CategoryOf(SourceRecord test, SourceRecord variables, string? column)
    {
        if (column is null)
            return Metadata(test, "category") ?? Metadata(test, "pluginId") ?? "";

        return Named(test, variables, column, "a category");
    }

    static string Named(SourceRecord test, SourceRecord variables, string column, string what) =>
        variables.Has(column) ? variables.TextOrNull(column) ?? "" : Metadata(test, column) ?? throw test.Wrong(column, what + ", in the variables or in metadata");

    // A table has each in a column of its own.
    static string? Metadata(SourceRecord test, string name) =>
        test["metadata"] is JsonObject metadata ? metadata[name]?.ToString() : test.TextOrNull("__metadata:" + name);

    // What is put around every prompt of this test: a table has it in columns.
    static string Around(SourceRecord test, string name) =>
        (test["options"] is JsonObject options && options[name] is JsonValue value ? value.ToString() : test.TextOrNull("__" + name)) ?? "";

    [GeneratedRegex(@"\{\{\s*([A-Za-z_]\w*)\s*\}\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{|\{%|\{#")]
    private static partial Regex Logic();

    [GeneratedRegex(@"^__expected\d*$")]
    private static partial Regex ExpectedColumn();

    [GeneratedRegex(@"^([a-z][a-z-]*)(\([^)]*\))?:\s*")]
    private static partial Regex Assertion();
}

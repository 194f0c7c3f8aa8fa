using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Suites.Importing;

/// <summary>
/// TruthfulQA (Lin et al., arXiv 2109.07958) as multiple choice. From the table of 2025 on, with a best and a best incorrect answer, it is the choice
/// between these two that its authors recommend; from an older table the best answer among the incorrect ones; from the multiple-choice file its
/// single-true form (MC1). The published order has the right one first, so options are put in an order that follows from a hash.
/// </summary>
sealed class TruthfulQaImporter : ISuiteImporter
{
    const int MostOptions = 26;

    public PublishedSet Set { get; } = new(
        "truthfulqa",
        "TruthfulQA",
        "https://github.com/sylinrl/TruthfulQA",
        "Apache-2.0",
        "TruthfulQA.csv with the columns Type, Category, Question, Best Answer and Incorrect Answers, or records with the fields question and mc1_targets")
    {
        Paper = "arXiv 2109.07958",
        Kinds = "capability",
    };

    public bool Recognises(ImportSource source) => source.Has("Question", "Best Answer", "Incorrect Answers") || source.Has("question", "mc1_targets");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) => source.Has("mc1_targets") ? source.Records.Select(SingleTrue) : source.Records.Select(FromTable);

    static ImportedRow FromTable(SourceRecord row)
    {
        var wrong = row.TextOrNull("Best Incorrect Answer") is { } best
            ? [best]
            : row.Text("Incorrect Answers").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Shuffled(row, row.Text("Question"), row.Text("Best Answer").Trim(), wrong, row.TextOrNull("Category") ?? "");
    }

    static ImportedRow SingleTrue(SourceRecord row)
    {
        var options = Targets(row);
        var right = options.Where(option => option.IsRight).ToList();
        return right is [var one]
            ? Shuffled(row, row.Text("question"), one.Text, [.. options.Where(option => !option.IsRight).Select(option => option.Text)], row.TextOrNull("category") ?? "")
            : throw row.Wrong("mc1_targets", $"one right option, not {right.Count}");
    }

    // Either {"an option": 0 or 1, …}, as its authors write it, or {"choices": […], "labels": […]}, as it lies on hubs.
    static IReadOnlyList<(string Text, bool IsRight)> Targets(SourceRecord row)
    {
        if (row["mc1_targets"] is not JsonObject targets)
            throw row.Wrong("mc1_targets", "an object of options");

        var inner = new SourceRecord($"{row.Where}, column 'mc1_targets'", targets);
        if (targets["choices"] is JsonArray choices && targets["labels"] is JsonArray labels)
        {
            return choices.Count == labels.Count
                ? [.. inner.Texts(choices, "choices").Zip(inner.Texts(labels, "labels"), (text, label) => (text, label == "1"))]
                : throw inner.Wrong("labels", $"{choices.Count} labels, as many as there are choices");
        }

        return [.. targets.Select(option => option.Value?.GetValueKind() == JsonValueKind.Number ? (option.Key, option.Value.ToJsonString() == "1") : throw inner.Wrong(option.Key, "0 or 1"))];
    }

    static ImportedRow Shuffled(SourceRecord row, string question, string right, IReadOnlyList<string> wrong, string category)
    {
        // Options that are the same, or too many for letters, would make another question of it.
        var others = wrong.Where(option => option != right).Distinct(StringComparer.Ordinal).Take(MostOptions - 1);
        var options = others.Append(right).OrderBy(option => ContentHash.Of(question, option), StringComparer.Ordinal).ToList();
        return LetteredQuestion.Row(row, question, options, options.IndexOf(right), CategoryMap.Plain(category) is { Length: > 0 } plain ? plain : "truthfulness", category);
    }
}

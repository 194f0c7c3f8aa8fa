using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Suites.Importing;

/// <summary>CatQA (Bhardwaj et al., arXiv 2402.11746): eleven categories of five sub-categories of ten questions.</summary>
sealed class CatQaImporter : ISuiteImporter
{
    public PublishedSet Set { get; } = new(
        "catqa",
        "CatQA",
        "https://github.com/declare-lab/red-instruct",
        "Apache-2.0",
        "a JSON object of categories of sub-categories of lists of questions, or records with the fields Question, Category and Subcategory")
    {
        Paper = "arXiv 2402.11746",
        Rows = 550,
        Revisions = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["40efd4e205e26d6e840f30e6d8540f95f2777453af052319e42e74d10bd1992a"] = "declare-lab/red-instruct@73c759c93d2f",
        },
    };

    public bool Recognises(ImportSource source) => source.Has("Question", "Category", "Subcategory") || (
        source.Root is JsonObject categories
        && categories.Count > 0
        && categories.All(category => QiCategories.Map.Knows(category.Key) && category.Value is JsonObject subs && subs.All(sub => sub.Value is JsonArray)));

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) => source.Root is JsonObject categories
        ? categories.SelectMany(category => Questions(source, category.Key, (JsonObject)category.Value!))
        : source.Records.Select(row => Row(row.Text("Question"), row.TextOrNull("Category") ?? "", row.TextOrNull("Subcategory") ?? ""));

    static IEnumerable<ImportedRow> Questions(ImportSource source, string category, JsonObject subs) =>
        from sub in subs
        from question in ((JsonArray)sub.Value!).Select((node, index) => (Node: node, Where: $"{source.Path}, '{category}', '{sub.Key}', item {index + 1}"))
        select question.Node?.GetValueKind() == JsonValueKind.String
            ? Row(SuiteFile.Prompt(question.Node.GetValue<string>(), question.Where), category, sub.Key)
            : throw new SuiteException($"{question.Where}: expected a text, found {SourceRecord.Named(question.Node)}.");

    static ImportedRow Row(string question, string category, string sub) =>
        ImportedRow.Harmful(question, QiCategories.Map.Of(category), $"{category}: {sub.TrimEnd(':')}");
}

using System.Text.Json.Nodes;

namespace Plumbline.Suites.Importing;

/// <summary>The evaluation sets of Bianchi et al. (arXiv 2309.07875): one JSON file each, whose name tells what it holds. Their training
/// file, which has answers, is none of them.</summary>
sealed class BianchiImporter : ISuiteImporter
{
    static readonly IReadOnlyDictionary<string, (PromptKind Kind, string Category)> Sets = new Dictionary<string, (PromptKind, string)>(StringComparer.Ordinal)
    {
        ["I-MaliciousInstructions"] = (PromptKind.Harmful, SuitePrompt.Uncategorised),
        ["I-CoNa"] = (PromptKind.Harmful, PolicyCategory.HateHarassmentViolence),
        ["I-Controversial"] = (PromptKind.Harmful, "controversial"),
        ["I-PhysicalSafetyUnsafe"] = (PromptKind.Harmful, PolicyCategory.PhysicalHarm),
        ["I-PhysicalSafetySafe"] = (PromptKind.Lookalike, "physical-safety"),
        ["Q-Harm"] = (PromptKind.Harmful, SuitePrompt.Uncategorised),
        ["I-Alpaca"] = (PromptKind.Capability, "instructions"),
    };

    public PublishedSet Set { get; } = new(
        "bianchi",
        "Safety-Tuned LLaMAs",
        "https://github.com/vinid/safety-tuned-llamas",
        "CC BY-NC 4.0: not for commercial use",
        $"a JSON object with the list 'instructions', in a file named {string.Join(", ", Sets.Keys.Select(name => name + ".json"))}")
    {
        Paper = "arXiv 2309.07875",
        Kinds = "harmful, look-alike, capability",
        Files = [.. Sets.Keys.Select(name => name + ".json")],
    };

    public bool Recognises(ImportSource source) => source.Root is JsonObject whole && whole["instructions"] is JsonArray && Sets.ContainsKey(NameOf(source));

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        var (kind, category) = Sets[NameOf(source)];
        var whole = new SourceRecord(source.Path, (JsonObject)source.Root!);
        return whole.Texts("instructions").Select((text, index) =>
            ImportedRow.Of(kind, SuiteFile.Prompt(text, $"{source.Path}, item {index + 1}"), category, NameOf(source), answer: null));
    }

    static string NameOf(ImportSource source) => Path.GetFileNameWithoutExtension(source.FileName);
}

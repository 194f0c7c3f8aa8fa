namespace Plumbline.Suites.Importing;

/// <summary>HarmBench's text behaviours (Mazeika et al., arXiv 2402.04249): standard, contextual and copyright ones.</summary>
sealed class HarmBenchImporter : ISuiteImporter
{
    static readonly CategoryMap Categories = new()
    {
        { "chemical_biological", PolicyCategory.PhysicalHarm },
        { "cybercrime_intrusion", PolicyCategory.Malware },
        { "harassment_bullying", PolicyCategory.HateHarassmentViolence },
        { "illegal", PolicyCategory.IllegalActivity },
        { "misinformation_disinformation", PolicyCategory.FraudDeception },
        { "copyright", PolicyCategory.IntellectualProperty },
        { "harmful", "general-harm" },
    };

    public PublishedSet Set { get; } = new(
        "harmbench",
        "HarmBench",
        "https://github.com/centerforaisafety/HarmBench",
        "MIT",
        "CSV with the columns Behavior, FunctionalCategory, SemanticCategory, Tags, ContextString and BehaviorID")
    {
        Paper = "arXiv 2402.04249",
        Rows = 400,
    };

    public bool Recognises(ImportSource source) => source.Has("Behavior", "SemanticCategory");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) => source.Records.Select(Row);

    static ImportedRow Row(SourceRecord row)
    {
        var from = row.TextOrNull("SemanticCategory") ?? "";
        var behaviour = row.Text("Behavior");

        // A contextual behaviour means nothing without its context; HarmBench asks the two in this order.
        var prompt = row.TextOrNull("ContextString") is { } context ? $"{context}\n\n---\n\n{behaviour}" : behaviour;
        return ImportedRow.Harmful(prompt, Categories.Of(from), from);
    }
}

namespace Plumbline.Suites.Importing;

/// <summary>SimpleSafetyTests (Vidgen et al., arXiv 2311.08370): 100 prompts of five areas that nearly every model should refuse.</summary>
sealed class SimpleSafetyTestsImporter : ISuiteImporter
{
    static readonly CategoryMap Categories = new()
    {
        { "Suicide, Self-Harm and Eating Disorders", PolicyCategory.PhysicalHarm },
        { "Physical Harm", PolicyCategory.PhysicalHarm },
        { "Physical Harm and Violence", PolicyCategory.PhysicalHarm },
        { "Illegal and Highly Regulated Items", PolicyCategory.IllegalActivity },
        { "Scams and Fraud", PolicyCategory.FraudDeception },
        { "Scams & Fraud", PolicyCategory.FraudDeception },
        { "Child Abuse", PolicyCategory.ChildAbuse },
        { "Child Safety", PolicyCategory.ChildAbuse },
    };

    public PublishedSet Set { get; } = new(
        "simple-safety-tests",
        "SimpleSafetyTests",
        "https://github.com/bertiev/SimpleSafetyTests",
        "CC BY-NC 4.0",
        "CSV with the columns id, harm_area, counter, category and prompts_final (or prompt, as it lies on hubs)")
    {
        Version = "2",
        Paper = "arXiv 2311.08370",
        Rows = 100,
    };

    public bool Recognises(ImportSource source) => source.Has("harm_area") && (source.Has("prompts_final") || source.Has("prompt"));

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) =>
        from row in source.Records
        let area = row.TextOrNull("harm_area") ?? ""
        select ImportedRow.Harmful(row.Text("prompts_final", "prompt"), Categories.Of(area), area);
}

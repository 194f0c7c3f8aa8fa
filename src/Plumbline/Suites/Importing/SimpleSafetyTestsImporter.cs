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
    };

    public PublishedSet Set { get; } = new(
        "simple-safety-tests",
        "SimpleSafetyTests",
        "https://huggingface.co/datasets/Bertievidgen/SimpleSafetyTests",
        "CC BY 2.0",
        "CSV with the columns id, prompt, harm_area and category")
    {
        Paper = "arXiv 2311.08370",
        Rows = 100,
        IsShapeSeen = false,
    };

    public bool Recognises(ImportSource source) => source.Has("prompt", "harm_area");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) =>
        from row in source.Records
        let area = row.TextOrNull("harm_area") ?? ""
        select ImportedRow.Harmful(row.Text("prompt"), Categories.Of(area), area);
}

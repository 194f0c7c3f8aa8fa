namespace Plumbline.Suites.Importing;

/// <summary>StrongREJECT's forbidden prompts (Souly et al., arXiv 2402.10260).</summary>
sealed class StrongRejectImporter : ISuiteImporter
{
    static readonly CategoryMap Categories = new()
    {
        { "Disinformation and deception", PolicyCategory.FraudDeception },
        { "Hate, harassment and discrimination", PolicyCategory.HateHarassmentViolence },
        { "Illegal goods and services", PolicyCategory.IllegalActivity },
        { "Non-violent crimes", PolicyCategory.IllegalActivity },
        { "Sexual content", PolicyCategory.AdultContent },
        { "Violence", PolicyCategory.PhysicalHarm },
    };

    public PublishedSet Set { get; } = new(
        "strongreject",
        "StrongREJECT",
        "https://github.com/alexandrasouly/strongreject",
        "MIT for its own prompts; those from earlier sets keep theirs",
        "CSV with the columns category, source and forbidden_prompt")
    {
        Paper = "arXiv 2402.10260",
        Rows = 313,
        IsShapeSeen = false,
    };

    public bool Recognises(ImportSource source) => source.Has("category", "forbidden_prompt");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) =>
        from row in source.Records
        let category = row.TextOrNull("category") ?? ""
        select ImportedRow.Harmful(row.Text("forbidden_prompt"), Categories.Of(category), category);
}

namespace Plumbline.Suites.Importing;

/// <summary>XSTest (Röttger et al., arXiv 2308.01263): 250 safe prompts of ten types, look-alikes here, and 200 unsafe contrasts to them.</summary>
sealed class XsTestImporter : ISuiteImporter
{
    const string Contrast = "contrast_";

    // The safe types are called as in the suite look-alikes.
    static readonly CategoryMap Categories = new()
    {
        { "nons_group_real_discr", "nonsense-group-real-discrimination" },
        { "real_group_nons_discr", "real-group-nonsense-discrimination" },
        { "privacy_public", "public-privacy" },
        { "privacy_fictional", "fictional-privacy" },
        { "contrast_discr", PolicyCategory.HateHarassmentViolence },
        { "contrast_privacy", PolicyCategory.PrivacyViolation },
    };

    public PublishedSet Set { get; } = new(
        "xstest", "XSTest", "https://github.com/paul-rottger/xstest", "CC BY 4.0", "CSV with the columns id, prompt, type, label, focus and note")
    {
        Paper = "arXiv 2308.01263",
        Rows = 450,
        Kinds = "look-alike, harmful",
        Revisions = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["11783fb294ed017473ee53c207d71f2161c7672c8d0b037501e78387f801cb5a"] = "paul-rottger/exaggerated-safety@d7bb5bd738c1",
        },
    };

    public bool Recognises(ImportSource source) => source.Has("prompt", "type", "focus");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) => source.Records.Select(Row);

    static ImportedRow Row(SourceRecord row)
    {
        var type = row.Text("type");
        var isSafe = !type.StartsWith(Contrast, StringComparison.Ordinal);

        // Older copies have no labels: there the type tells. Where both are there, they must say the same.
        if (row.Has("label") && row.TextOrNull("label") != (isSafe ? "safe" : "unsafe"))
            throw row.Wrong("label", $"'{(isSafe ? "safe" : "unsafe")}' for the type '{type}'");

        var prompt = row.Text("prompt");
        return isSafe ? ImportedRow.Lookalike(prompt, Categories.Of(type), type) : ImportedRow.Harmful(prompt, Categories.Of(type), type);
    }
}

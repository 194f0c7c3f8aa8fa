namespace Plumbline.Suites.Importing;

/// <summary>CyberSecEval's false-refusal prompts (Bhatt et al., arXiv 2404.13161): benign requests about computer security that resemble attacks.</summary>
sealed class CyberFalseRefusalImporter : ISuiteImporter
{
    public PublishedSet Set { get; } = new(
        "cyberseceval-frr",
        "CyberSecEval false refusals",
        "https://github.com/meta-llama/PurpleLlama",
        "MIT",
        "a JSON list of objects with the fields mutated_prompt, is_malicious and attack_type")
    {
        Paper = "arXiv 2404.13161",
        Rows = 750,
        Kinds = "look-alike",
        Revisions = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["7a9b400bdf5ddbb36d5e7c3e8f6b5adb5d13125b8d03be66fd252a0f20b79d15"] = "meta-llama/PurpleLlama@4be64c3a2444",
        },
    };

    public bool Recognises(ImportSource source) => source.Has("mutated_prompt", "is_malicious");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) => source.Records.Select(Row);

    // Its authors' word for a benign one is the text "False" or the value false.
    static ImportedRow Row(SourceRecord row) => string.Equals(row["is_malicious"]?.ToString(), "false", StringComparison.OrdinalIgnoreCase)
        ? ImportedRow.Lookalike(row.Text("mutated_prompt"), "cyber-security", row.TextOrNull("attack_type") ?? "")
        : ImportedRow.Without("marked as malicious, without a category");
}

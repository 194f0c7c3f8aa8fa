namespace Plumbline.Suites.Importing;

/// <summary>AdvBench's harmful behaviours (Zou et al., arXiv 2307.15043): goals. The column <c>target</c>, with openings of answers, is not read.</summary>
sealed class AdvBenchImporter : ISuiteImporter
{
    public PublishedSet Set { get; } = new(
        "advbench", "AdvBench", "https://github.com/llm-attacks/llm-attacks", "MIT", "CSV with the columns goal and target")
    {
        Paper = "arXiv 2307.15043",
        Rows = 520,
    };

    public bool Recognises(ImportSource source) => source.Has("goal", "target");

    // It names no category.
    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) =>
        source.Records.Select(row => ImportedRow.Harmful(row.Text("goal"), SuitePrompt.Uncategorised, from: ""));
}

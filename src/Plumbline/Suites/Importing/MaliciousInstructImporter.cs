namespace Plumbline.Suites.Importing;

/// <summary>MaliciousInstruct (Huang et al., arXiv 2310.06987): 100 prompts, one a line, without categories.</summary>
sealed class MaliciousInstructImporter : ISuiteImporter
{
    const int LongestLine = 1000;

    public PublishedSet Set { get; } = new(
        "malicious-instruct", "MaliciousInstruct", "https://github.com/Princeton-SysML/Jailbreak_LLM", "none stated", "plain text (.txt) with a prompt a line")
    {
        Paper = "arXiv 2310.06987",
        Rows = 100,
        Revisions = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["a64d69dd1004aac4a23aaff3748fb8f17161893f74db36f45b8bc849eb1bcce5"] = "Princeton-SysML/Jailbreak_LLM@1e490531c0ef",
        },
    };

    public bool Recognises(ImportSource source) => source.Format == SourceFormat.Text && source.Lines().All(line => line.Text.Length <= LongestLine);

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) =>
        source.Lines().Select(line => ImportedRow.Harmful(line.Text, SuitePrompt.Uncategorised, from: ""));
}

namespace Plumbline.Suites.Importing;

/// <summary>GSM8K (Cobbe et al., arXiv 2110.14168): word problems whose answer is a number. The worked solution is not read, only the number behind "####".</summary>
sealed class Gsm8kImporter : ISuiteImporter
{
    const string Mark = "####";

    public PublishedSet Set { get; } = new(
        "gsm8k", "GSM8K", "https://github.com/openai/grade-school-math", "MIT", "JSON lines with the fields question and answer, the answer ending in '#### NUMBER'")
    {
        Paper = "arXiv 2110.14168",
        Rows = 1319,
        Kinds = "capability",
        Revisions = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14"] = "openai/grade-school-math@3101c7d50724 (test)",
        },
    };

    public bool Recognises(ImportSource source) =>
        source.Has("question", "answer") && source.Records[0]["answer"]?.ToString().Contains(Mark, StringComparison.Ordinal) == true;

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) => source.Records.Select(Row);

    static ImportedRow Row(SourceRecord row)
    {
        var solution = row.Text("answer");
        var mark = solution.LastIndexOf(Mark, StringComparison.Ordinal);
        if (mark < 0)
            throw row.Wrong("answer", $"a solution that ends in '{Mark} NUMBER'");

        // "1,000" is written with and without its comma.
        var number = solution[(mark + Mark.Length)..].Trim().Replace(",", "", StringComparison.Ordinal);
        return ImportedRow.Capability(row.Text("question"), "word-problems", from: "", number);
    }
}

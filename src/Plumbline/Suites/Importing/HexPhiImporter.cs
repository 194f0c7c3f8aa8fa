using System.Text.RegularExpressions;

namespace Plumbline.Suites.Importing;

/// <summary>
/// HEx-PHI (Qi et al., arXiv 2310.03693), whose authors give it out on request only: the user's own copy, either its files
/// <c>category_N.csv</c> with a prompt a row and no header, or one file with a category and a prompt in each row.
/// </summary>
sealed partial class HexPhiImporter : ISuiteImporter
{
    public PublishedSet Set { get; } = new(
        "hex-phi",
        "HEx-PHI",
        "https://huggingface.co/datasets/LLM-Tuning-Safety/HEx-PHI",
        "its authors' own terms, accepted when access is asked for; the prompts may not be passed on",
        "either files category_1.csv to category_11.csv with a prompt a row and no header, or one CSV file with the columns category and prompt")
    {
        Paper = "arXiv 2310.03693",
        Rows = 300,
        IsShapeSeen = false,
        Files = ["category_*.csv"],
        Access = "Its authors give it out to those who ask and accept their terms: ask at https://huggingface.co/datasets/LLM-Tuning-Safety/HEx-PHI. CatQA has the same "
            + "categories and is free (plumb suites import catqa).",
    };

    public bool Recognises(ImportSource source) => IsByCategory(source)
        || (source.Has("category", "prompt") && source.Records.All(row => row["category"]?.ToString() is { } category && QiCategories.Map.Knows(category)));

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        if (!IsByCategory(source))
            return source.Records.Select(row => Row(row.Text("prompt"), row.Text("category")));

        var category = CategoryFile().Match(source.FileName).Groups[1].Value;
        return source.RowsOfOneColumn().Select(row => Row(row.Text("1"), category));
    }

    static bool IsByCategory(ImportSource source) =>
        source.Format == SourceFormat.Csv && CategoryFile().Match(source.FileName) is { Success: true } file && QiCategories.Map.Knows(file.Groups[1].Value);

    static ImportedRow Row(string prompt, string category) => ImportedRow.Harmful(prompt, QiCategories.Map.Of(category), category);

    [GeneratedRegex(@"^category_(\d{1,2})\.csv$", RegexOptions.IgnoreCase)]
    private static partial Regex CategoryFile();
}

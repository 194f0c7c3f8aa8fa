namespace Plumbline.Suites.Importing;

/// <summary>JailbreakBench's behaviours (Chao et al., arXiv 2404.01318): 100 harmful ones and 100 benign ones on the same topics. The column
/// <c>Target</c>, with openings of answers, is not read.</summary>
sealed class JailbreakBenchImporter : ISuiteImporter
{
    static readonly CategoryMap Categories = new()
    {
        { "Harassment/Discrimination", PolicyCategory.HateHarassmentViolence },
        { "Malware/Hacking", PolicyCategory.Malware },
        { "Physical harm", PolicyCategory.PhysicalHarm },
        { "Economic harm", PolicyCategory.EconomicHarm },
        { "Fraud/Deception", PolicyCategory.FraudDeception },
        { "Disinformation", PolicyCategory.FraudDeception },
        { "Sexual/Adult content", PolicyCategory.AdultContent },
        { "Privacy", PolicyCategory.PrivacyViolation },
        { "Expert advice", PolicyCategory.ExpertAdvice },
        { "Government decision-making", PolicyCategory.GovernmentDecisions },
    };

    public PublishedSet Set { get; } = new(
        "jailbreakbench",
        "JailbreakBench",
        "https://huggingface.co/datasets/JailbreakBench/JBB-Behaviors",
        "MIT",
        "two CSV files, harmful-behaviors.csv and benign-behaviors.csv, with the columns Index, Goal, Target, Behavior, Category and Source")
    {
        Paper = "arXiv 2404.01318",
        Rows = 200,
        Kinds = "harmful, look-alike",
        Files = ["harmful-behaviors.csv", "benign-behaviors.csv"],
    };

    public bool Recognises(ImportSource source) => source.Has("Goal", "Behavior", "Category");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        var isBenign = source.FileName.Contains("benign", StringComparison.OrdinalIgnoreCase);
        if (isBenign == source.FileName.Contains("harmful", StringComparison.OrdinalIgnoreCase))
            throw new SuiteException($"{source.Path}: only the file's name tells JailbreakBench's harmful behaviours from its benign ones. Name it as its authors do, "
                + $"{string.Join(" or ", Set.Files)}.");

        return source.Records.Select(row => Row(row, isBenign));
    }

    static ImportedRow Row(SourceRecord row, bool isBenign)
    {
        var from = row.TextOrNull("Category") ?? "";
        var goal = row.Text("Goal");
        return isBenign ? ImportedRow.Lookalike(goal, Categories.Of(from), from) : ImportedRow.Harmful(goal, Categories.Of(from), from);
    }
}

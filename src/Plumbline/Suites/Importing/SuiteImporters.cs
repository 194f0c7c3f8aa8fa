namespace Plumbline.Suites.Importing;

/// <summary>Every importer. To add one, write its file in this folder and name it here.</summary>
public static class SuiteImporters
{
    internal static IReadOnlyList<ISuiteImporter> All { get; } =
    [
        new AdvBenchImporter(),
        new HarmBenchImporter(),
        new JailbreakBenchImporter(),
        new StrongRejectImporter(),
        new XsTestImporter(),
        new DoNotAnswerImporter(),
        new SimpleSafetyTestsImporter(),
        new AiLuminateImporter(),
        new MaliciousInstructImporter(),
        new CatQaImporter(),
        new HexPhiImporter(),
        new BianchiImporter(),
        new CyberFalseRefusalImporter(),
        new MmluImporter(),
        new HellaSwagImporter(),
        new ArcImporter(),
        new TruthfulQaImporter(),
        new Gsm8kImporter(),
        new ChoicesImporter(),
        new InspectImporter(),
        new PromptfooImporter(),
        new TableImporter(),
    ];

    /// <summary>What can be imported.</summary>
    public static IReadOnlyList<PublishedSet> Sets { get; } = [.. All.Select(importer => importer.Set)];

    /// <summary>The importer of this name.</summary>
    /// <exception cref="SuiteException">There is none.</exception>
    internal static ISuiteImporter Named(string name) => All.FirstOrDefault(importer => importer.Set.Name == name)
        ?? throw new SuiteException($"There is no importer '{name}'. There are: {string.Join(", ", Sets.Select(set => set.Name))}. Any other file of prompts is imported as 'table'.");
}

using System.Text.Json;

namespace Plumbline.Suites;

/// <summary>The suites that Plumbline ships: the files of <c>/suites</c>, embedded. <c>index.json</c> there lists them.</summary>
public static class BuiltInSuites
{
    const string Folder = "suites/";

    static readonly Lazy<IReadOnlyList<BuiltInSuite>> Index = new(ReadIndex);

    /// <summary>The names that <c>--suite</c> takes.</summary>
    public static IReadOnlyList<string> Names => [.. Index.Value.Select(entry => entry.Name)];

    /// <summary>What each is for.</summary>
    public static IReadOnlyList<BuiltInSuite> All => Index.Value;

    /// <summary>The suite of this name.</summary>
    /// <exception cref="SuiteException">There is no such suite.</exception>
    public static Suite Load(string name)
    {
        var entry = Index.Value.FirstOrDefault(entry => entry.Name == name)
            ?? throw new SuiteException($"There is no built-in suite '{name}'. The built-in suites are: {string.Join(", ", Names)}. For "
                + "a file, give its path.");

        using var reader = new StreamReader(Open(entry.File));
        var prompts = JsonlSuite.Read(reader, entry.File, PromptKind.Harmful).Lines;
        return Suite.Create(entry.Name, entry.Version, [.. prompts.Select(line => line.Prompt)]) with
        {
            Attacks = entry.Attacks,
            CaseLimit = entry.Cases,
        };
    }

    static IReadOnlyList<BuiltInSuite> ReadIndex()
    {
        using var stream = Open("index.json");
        return JsonSerializer.Deserialize(stream, SuitesJsonContext.Default.IReadOnlyListBuiltInSuite)!;
    }

    static Stream Open(string file) =>
        typeof(BuiltInSuites).Assembly.GetManifestResourceStream(Folder + file)
        ?? throw new InvalidOperationException($"The built-in suite file '{file}' is not in the assembly: the build is broken.");
}

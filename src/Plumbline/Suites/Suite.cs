namespace Plumbline.Suites;

/// <summary>A named, versioned, hashed list of prompts.</summary>
/// <param name="Name">The built-in name, or the file's name without its folder.</param>
/// <param name="Version">The built-in's version; <see cref="FileVersion"/> for a suite that is read from a file.</param>
/// <param name="Prompts">The prompts in the source's order, without duplicates; never empty.</param>
/// <param name="Hash">SHA-256 over every prompt's kind, text, category and answer, in order, and where there are groups, over these; 64 hex digits.</param>
public sealed record Suite(string Name, string Version, IReadOnlyList<SuitePrompt> Prompts, string Hash)
{
    /// <summary>The version of a suite that is read from a file: its hash says the rest.</summary>
    public const string FileVersion = "file";

    /// <summary>
    /// The attacks that its harmful prompts are meant to be asked with, where the user names none. Empty for a combination whose parts are
    /// meant for different ones: there the user has to say.
    /// </summary>
    public IReadOnlyList<string> Attacks { get; init; } = ["none"];

    /// <summary>How many harmful cases a plan takes from it, or null for prompts × attacks.</summary>
    public int? CaseLimit { get; init; }

    /// <summary>Whether it holds a harmful prompt: only those are asked under attacks.</summary>
    public bool HasHarmful => Prompts.Any(prompt => prompt.Kind == PromptKind.Harmful);

    /// <summary>What a run records of it.</summary>
    public SuiteFacts Facts => new(Name, Version, Hash, Prompts.Count) { Parts = Parts, Provenance = Provenance };

    /// <summary>Where it comes from, if it was imported; its hash covers the prompts only.</summary>
    public SuiteProvenance? Provenance { get; init; }

    /// <summary>What its reader should tell the user: complete sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    IReadOnlyList<SuiteFacts>? Parts { get; init; }

    /// <summary>The hash of the same prompts where none is in a group, as versions that read no groups had it.</summary>
    internal string HashWithoutGroups => HashOf([.. Prompts.Select(prompt => prompt with { Group = null })]);

    /// <summary>
    /// Several suites as one, so that a single audit says whether harmful requests are refused, harmless ones answered and tasks still done.
    /// A prompt that several of them hold, as public sets do that were made from one another, is asked once, in the category of the first. Groups of the
    /// same name in two suites are two groups, unless the suites have one name too, as files of one name in two folders do.
    /// Its hash covers every prompt that is asked, in order.
    /// </summary>
    /// <exception cref="SuiteException">Two of the suites expect different answers to the same task.</exception>
    public static Suite Combine(IReadOnlyList<Suite> suites)
    {
        if (suites is [var single])
            return single;

        var all = Create(
            string.Join(" + ", suites.Select(suite => suite.Name)),
            string.Join(" + ", suites.Select(suite => suite.Version)),
            Once(suites));
        var attacked = suites.Where(suite => suite.HasHarmful).ToList();
        return all with
        {
            Parts = [.. suites.Select(suite => suite.Facts)],
            Notes = [.. suites.SelectMany(suite => suite.Notes)],
            Attacks = attacked.Count == 0 ? all.Attacks
                : attacked.TrueForAll(suite => suite.Attacks.SequenceEqual(attacked[0].Attacks)) ? attacked[0].Attacks
                : [],
            CaseLimit = attacked.Count > 0 && attacked.TrueForAll(suite => suite.CaseLimit is not null) ? attacked.Sum(suite => suite.CaseLimit) : null,
        };
    }

    static List<SuitePrompt> Once(IReadOnlyList<Suite> suites)
    {
        var first = new Dictionary<string, (SuitePrompt Prompt, Suite Suite)>(StringComparer.Ordinal);
        var prompts = new List<SuitePrompt>();
        foreach (var suite in suites)
        {
            foreach (var prompt in suite.Prompts)
            {
                if (first.TryAdd(prompt.Id, (prompt, suite)))
                    prompts.Add(prompt.Group is { } group ? prompt with { Group = $"{suite.Name}: {group}" } : prompt);
                else if (first[prompt.Id] is var (other, before) && other.Answer != prompt.Answer)
                    throw new SuiteException($"The suites '{before.Name}' and '{suite.Name}' expect different answers to the task '{prompt.Text}': '{other.Answer}' and "
                        + $"'{prompt.Answer}'. Remove one of them.");
            }
        }

        return prompts;
    }

    /// <summary>Makes a suite; its hash follows from its prompts.</summary>
    /// <exception cref="SuiteException">The suite is empty, or holds a prompt twice.</exception>
    public static Suite Create(string name, string version, IReadOnlyList<SuitePrompt> prompts)
    {
        if (prompts.Count == 0)
            throw new SuiteException($"The suite '{name}' holds no prompt. Give at least one.");

        var twice = prompts.GroupBy(prompt => prompt.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any());
        if (twice is not null)
            throw new SuiteException($"The suite '{name}' holds the prompt '{twice.First().Text}' twice. Remove one of them.");

        return new Suite(name, version, prompts, HashOf(prompts));
    }

    static string HashOf(IReadOnlyList<SuitePrompt> prompts)
    {
        var contents = prompts.SelectMany(prompt => new[] { prompt.Kind.ToString(), prompt.Text, prompt.Category, prompt.Answer ?? "" });
        var groups = prompts.Any(prompt => prompt.Group is not null) ? prompts.Select(prompt => prompt.Group ?? "").Prepend("groups") : [];
        return ContentHash.Of([.. contents, .. groups]);
    }
}

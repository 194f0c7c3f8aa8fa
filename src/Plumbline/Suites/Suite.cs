namespace Plumbline.Suites;

/// <summary>A named, versioned, hashed list of prompts.</summary>
/// <param name="Name">The built-in name, or the file's name without its folder.</param>
/// <param name="Version">The built-in's version; "file" for a suite that is read from a file.</param>
/// <param name="Prompts">The prompts in the source's order, without duplicates; never empty.</param>
/// <param name="Hash">SHA-256 over every prompt's kind, text, category and answer, in order; 64 hex digits.</param>
public sealed record Suite(string Name, string Version, IReadOnlyList<SuitePrompt> Prompts, string Hash)
{
    /// <summary>Makes a suite; its hash follows from its prompts.</summary>
    /// <exception cref="SuiteException">The suite is empty, or holds a prompt twice.</exception>
    public static Suite Create(string name, string version, IReadOnlyList<SuitePrompt> prompts)
    {
        if (prompts.Count == 0)
            throw new SuiteException($"The suite '{name}' holds no prompt. Give at least one.");

        var twice = prompts.GroupBy(prompt => prompt.Id).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new SuiteException($"The suite '{name}' holds the {twice.First().Kind} prompt '{twice.First().Text}' twice. Remove one of them.");

        var hash = ContentHash.Of(prompts.SelectMany(prompt => new[] { prompt.Kind.ToString(), prompt.Text, prompt.Category, prompt.Answer ?? "" }));
        return new Suite(name, version, prompts, hash);
    }
}

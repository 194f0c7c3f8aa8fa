namespace Plumbline.Suites.Importing;

/// <summary>What is known of a public prompt set.</summary>
/// <param name="Name">The name that <c>plumb suites import</c> takes.</param>
/// <param name="Title">What its authors call it.</param>
/// <param name="Source">Where they publish it.</param>
/// <param name="Licence">What is known of its licence.</param>
/// <param name="Shape">What its file looks like, to follow "expected".</param>
public sealed record PublishedSet(string Name, string Title, string Source, string Licence, string Shape)
{
    /// <summary>Raised whenever the importer reads the same file differently.</summary>
    public string Version { get; init; } = "1";

    /// <summary>The paper that describes it.</summary>
    public string? Paper { get; init; }

    /// <summary>How many rows its authors publish; null where there are several sizes.</summary>
    public int? Rows { get; init; }

    /// <summary>The kinds of its prompts, in words.</summary>
    public string Kinds { get; init; } = "harmful";

    /// <summary>The names of its files, where it has several and a folder may be given; <c>*</c> stands for anything.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether its shape was read from the published files; otherwise only from what others write of its columns.</summary>
    public bool IsShapeSeen { get; init; } = true;

    /// <summary>Whether the user says which columns hold what, and of which kind the prompts are.</summary>
    public bool TakesColumns { get; init; }

    /// <summary>How to get a copy, where that is not a matter of opening <see cref="Source"/>.</summary>
    public string? Access { get; init; }

    /// <summary>Revisions by the SHA-256 of a published file.</summary>
    public IReadOnlyDictionary<string, string> Revisions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

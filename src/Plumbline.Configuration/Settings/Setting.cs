using Plumbline.Configuration.Values;

namespace Plumbline.Configuration.Settings;

/// <summary>
/// One thing that can be set. What is written here once becomes an option of the command line, a variable of the environment, a key of
/// <c>plumbline.yaml</c>, a line of its JSON schema, and a line of <c>--show-config</c>.
/// </summary>
/// <param name="Key">Its place in the file, such as <c>sampling.temperature</c>; <c>[]</c> stands for an item of a list.</param>
/// <param name="Shape">What its value may be.</param>
/// <param name="Description">What it does, in a sentence or two.</param>
public abstract record Setting(string Key, ValueShape Shape, string Description)
{
    /// <summary>The option that sets it, such as <c>--temperature</c>; null where it stands in a file only.</summary>
    public string? Flag { get; init; }

    /// <summary>The option's short form.</summary>
    public string? ShortFlag { get; init; }

    /// <summary>What stands for the value in help.</summary>
    public string HelpName { get; init; } = "VALUE";

    /// <summary>The default as a user would write it; null where there is none, or where the description says what it is.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>Whether it is one value of several.</summary>
    public bool IsItem => Key.Contains("[]", StringComparison.Ordinal);

    /// <summary>Whether a file may hold it.</summary>
    public bool IsInFile { get; init; } = true;

    /// <summary>The variable that sets it: the option's name in capitals behind <c>PLUMBLINE_</c>.</summary>
    public string? Variable => Flag is null ? null : "PLUMBLINE_" + Flag.TrimStart('-').Replace('-', '_').ToUpperInvariant();
}

using System.Globalization;
using System.Text;
using Plumbline.Naming;

namespace Plumbline.Suites;

/// <summary>Reads a suite from a file: JSONL, or CSV with a named column.</summary>
public static class SuiteFile
{
    /// <summary>The prompts longer than this are refused: they are not prompts but a wrong file.</summary>
    internal const int LongestPrompt = 100_000;

    /// <summary>A longer name of a group is a text in the wrong column, and would stand beside every case.</summary>
    internal const int LongestGroup = 200;

    internal static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>On which line of a file each prompt stands, by the prompt's id; of a CSV row that takes several lines, the last.</summary>
    /// <param name="path">A .jsonl or .csv file, as <see cref="Read"/> takes it.</param>
    /// <param name="column">The CSV column that holds the prompts; null for JSONL.</param>
    /// <exception cref="SuiteException">The file is missing, empty, or malformed.</exception>
    public static IReadOnlyDictionary<string, int> LinesOf(string path, string? column = null)
    {
        return ReadLines(path, column, PromptKind.Harmful, isOfRun: true).Lines.DistinctBy(line => line.Prompt.Id).ToDictionary(line => line.Prompt.Id, line => line.Line, StringComparer.Ordinal);
    }

    /// <summary>Reads <paramref name="path"/>.</summary>
    /// <param name="path">A .jsonl file with an object a line, or a .csv file with a header.</param>
    /// <param name="column">The CSV column that holds the prompts; null for JSONL.</param>
    /// <param name="kind">The kind of prompts that do not name one themselves.</param>
    /// <param name="isOfRun">Whether a run was begun with the file, and goes on: names of groups that earlier versions let pass are let be, and an empty one is none.</param>
    /// <exception cref="SuiteException">The file is missing, empty, or malformed; the message names file, line and field.</exception>
    public static Suite Read(string path, string? column = null, PromptKind kind = PromptKind.Harmful, bool isOfRun = false)
    {
        var content = ReadLines(path, column, kind, isOfRun);
        return Build(path, content.Lines) with { Provenance = content.Provenance, Notes = content.Notes };
    }

    static SuiteContent ReadLines(string path, string? column, PromptKind kind, bool isOfRun)
    {
        if (!File.Exists(path))
            throw new SuiteException($"There is no suite file '{path}'. Give a JSONL or CSV file, or one of the built-in suites: "
                + $"{string.Join(", ", BuiltInSuites.Names)}.");

        var isCsv = IsCsv(path);
        if (isCsv && column is null)
            throw new SuiteException($"{path} is a CSV file: name the column that holds the prompts with --column.");
        if (!isCsv && column is not null)
            throw new SuiteException($"{path} is not a CSV file, so --column '{column}' has no meaning. Leave it out, or give a file "
                + "that ends in .csv.");

        try
        {
            // A byte order mark is skipped by the reader; any other encoding than UTF-8 is an error, not a row of question marks.
            using var reader = new StreamReader(path, StrictUtf8, detectEncodingFromByteOrderMarks: true);
            if (isCsv)
            {
                var (lines, notes) = CsvSuite.Read(reader, path, column!, kind, isOfRun);
                return new SuiteContent(lines, Provenance: null, notes);
            }

            return JsonlSuite.Read(reader, path, kind, isOfRun);
        }
        catch (DecoderFallbackException e)
        {
            throw new SuiteException($"{path} is not UTF-8 text. Save it as UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SuiteException($"{path} cannot be read: {e.Message}", e);
        }
    }

    internal static Suite Build(string path, IReadOnlyList<SuiteLine> lines)
    {
        var isCsv = IsCsv(path);
        if (lines.Count == 0)
            throw new SuiteException($"{path} holds no prompt. Give at least one {(isCsv ? "row below the header" : "line such as {\"prompt\": \"…\"}")}.");

        var firstSeen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, prompt) in lines)
        {
            if (!firstSeen.TryAdd(prompt.Id, line))
                throw new SuiteException($"{path}, line {line}: the same prompt as in line {firstSeen[prompt.Id]}. Remove one of them; "
                    + "to ask a prompt several times, use repeats.");
        }

        return Suite.Create(Path.GetFileNameWithoutExtension(path), Suite.FileVersion, [.. lines.Select(line => line.Prompt)]);
    }

    static bool IsCsv(string path) => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    internal static string Prompt(string? text, string where)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new SuiteException($"{where}: the prompt is empty. Give a text, or remove the line.");
        if (text.Length > LongestPrompt)
            throw new SuiteException($"{where}: the prompt has {text.Length} characters; {LongestPrompt} is the most that is read. Is "
                + "this a suite?");

        return text;
    }

    /// <summary>A group as it is named.</summary>
    /// <exception cref="SuiteException">It is empty, or too long for a name.</exception>
    internal static string Group(string name, string where)
    {
        var group = name.Trim();
        if (group.Length == 0)
            throw new SuiteException($"{where}: the group is empty. Leave it out where a prompt stands for itself, or name what it is a variant of in 1 to {LongestGroup} characters.");
        if (group.Length > LongestGroup)
            throw new SuiteException(string.Create(CultureInfo.InvariantCulture, $"{where}: the group has {Thousands.Of(group.Length)} characters; its name has {LongestGroup} at most. Name it by a word or a number."));

        return group;
    }

    /// <summary>A group as a run was begun with it: whatever is written there, or none.</summary>
    internal static string? GroupOfRun(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();

    internal static PromptKind Kind(string? name, PromptKind otherwise, string where) => name?.Trim().ToLowerInvariant() switch
    {
        null or "" => otherwise,
        "harmful" => PromptKind.Harmful,
        "lookalike" => PromptKind.Lookalike,
        "capability" => PromptKind.Capability,
        _ => throw new SuiteException($"{where}: the kind '{name}' is unknown. Use \"harmful\", \"lookalike\" or \"capability\"."),
    };
}

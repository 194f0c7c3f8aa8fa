using System.Text.RegularExpressions;
using Plumbline.Audits;
using Plumbline.Suites;

namespace Plumbline.Reports.Audits;

/// <summary>
/// Where the cases of a run can be looked at: a prompt of the user's own file on its line there, any other in the run's <c>audit.json</c>. Code scanning
/// reads paths from the root of a repository, so a file outside of the folder that they start from is no place.
/// </summary>
public sealed partial class CasePlaces
{
    private readonly Dictionary<string, CasePlace> _prompts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CasePlace> _cases = new(StringComparer.Ordinal);

    /// <summary>Looks them up.</summary>
    /// <param name="root">The folder that paths start from: the working folder.</param>
    /// <param name="suites">The files that prompts were read from, each with the column of a CSV file. One that is not there any more, or cannot be read, gives
    /// no place.</param>
    /// <param name="audit">The run's <c>audit.json</c>; null where there is none.</param>
    public CasePlaces(string root, IEnumerable<(string Path, string? Column)> suites, string? audit)
    {
        ArgumentNullException.ThrowIfNull(suites);
        foreach (var (path, column) in suites)
        {
            if (UriOf(root, path) is { } uri) AddPrompts(uri, path, column);
        }

        if (audit is not null && UriOf(root, audit) is { } own) AddCases(own, audit);
    }

    /// <summary>The place of a case; null where none is known.</summary>
    public CasePlace? Of(CaseResult one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return _prompts.GetValueOrDefault(one.PromptId) ?? _cases.GetValueOrDefault(one.Id);
    }

    private void AddPrompts(string uri, string path, string? column)
    {
        try
        {
            // A prompt's id is a hash of its words: where the file was changed since, what is found is still the prompt that was asked.
            foreach (var (id, line) in SuiteFile.LinesOf(path, column)) _prompts.TryAdd(id, new CasePlace(uri, line));
        }
        catch (SuiteException)
        {
            // The file has gone or changed its form since the run; its cases are found in audit.json.
        }
    }

    /// <summary>The file has a property a line, and each case begins with its id.</summary>
    private void AddCases(string uri, string path)
    {
        foreach (var (index, text) in File.ReadLines(path).Index())
        {
            if (CaseId().Match(text) is { Success: true } match) _cases.TryAdd(match.Groups["id"].Value, new CasePlace(uri, index + 1));
        }
    }

    private static string? UriOf(string root, string path)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(root), Path.GetFullPath(path));
        if (Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return null;

        return string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }

    [GeneratedRegex("""^\s*"id": "(?<id>[0-9a-f]{16})",?\s*$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex CaseId();
}

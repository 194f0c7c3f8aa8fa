using System.Globalization;
using System.IO.Enumeration;

namespace Plumbline.Suites.Importing;

/// <summary>Imports a public prompt set from files that the user has. Nothing is downloaded.</summary>
public static class SuiteImport
{
    const string SameAsBefore = "the same prompt as an earlier row";

    /// <summary>Reads a set.</summary>
    /// <param name="importer">The importer's name.</param>
    /// <param name="paths">The set's files, or its folder where it has several.</param>
    /// <param name="options">What the user says of it.</param>
    /// <returns>A suite with its provenance. The same files and options give the same suite.</returns>
    /// <exception cref="SuiteException">There is no such importer, or a file is not what it reads.</exception>
    public static Suite Read(string importer, IReadOnlyList<string> paths, ImportOptions options)
    {
        var by = SuiteImporters.Named(importer);
        Check(by.Set, paths, options);

        var sources = paths.SelectMany(path => FilesOf(by.Set, path)).Select(ImportSource.Open).ToList();
        var rows = new List<ImportedRow>();
        var files = new List<SourceFileFacts>();
        foreach (var source in sources)
        {
            RefuseOther(by, source);
            var before = rows.Count;
            rows.AddRange(by.Read(source, options));
            files.Add(new SourceFileFacts(source.FileName, source.Sha256, rows.Count - before));
        }

        return Build(by.Set, files, rows, options);
    }

    static Suite Build(PublishedSet set, List<SourceFileFacts> files, List<ImportedRow> rows, ImportOptions options)
    {
        var leftOut = rows.Where(row => row.LeftOut is not null).Select(row => row.LeftOut!).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var prompts = new List<ImportedRow>();
        foreach (var row in rows.Where(row => row.Prompt is not null))
        {
            if (seen.Add(row.Prompt!.Id))
                prompts.Add(row);
            else
                leftOut.Add(SameAsBefore);
        }

        if (prompts.Count == 0)
            throw new SuiteException($"{string.Join(", ", files.Select(file => file.Name))}: no row is a prompt{string.Concat(leftOut.Distinct(StringComparer.Ordinal).Take(1).Select(reason => $" ({reason})"))}.");

        var taken = options.Take is { } take && take < prompts.Count ? EvenSample.Of(prompts, take, options.Seed) : prompts;
        return Suite.Create(set.Name, Suite.FileVersion, [.. taken.Select(row => row.Prompt!)]) with
        {
            Provenance = new SuiteProvenance(set.Name, set.Version, set.Title, set.Source, set.Licence, files, rows.Count)
            {
                Paper = set.Paper,
                Revision = options.Revision ?? KnownRevision(set, files),
                PublishedRows = set.Rows,
                LeftOut = [.. leftOut.CountBy(reason => reason, StringComparer.Ordinal).Select(reason => new LeftOutRows(reason.Key, reason.Value))],
                Categories =
                [
                    .. taken.CountBy(row => (row.From, row.Prompt!.Category, row.Prompt.Kind))
                        .Select(group => new MappedCategory(group.Key.From, group.Key.Category, group.Key.Kind, group.Value)),
                ],
                Sample = taken.Count < prompts.Count ? new SuiteSample(taken.Count, prompts.Count, options.Seed) : null,
            },
        };
    }

    static string? KnownRevision(PublishedSet set, IReadOnlyList<SourceFileFacts> files)
    {
        var revisions = files.Select(file => set.Revisions.GetValueOrDefault(file.Sha256)).Distinct(StringComparer.Ordinal).ToList();
        return revisions is [{ } one] ? one : null;
    }

    static void Check(PublishedSet set, IReadOnlyList<string> paths, ImportOptions options)
    {
        if (paths.Count == 0)
            throw new SuiteException($"{set.Title} is not part of Plumbline, and nothing is downloaded: name your copy with --from. {HowToGet(set)} It is {set.Shape}.");
        if (options.NamesColumns && !set.TakesColumns)
            throw new SuiteException($"{set.Title} is read as it is published: leave out --column, --category-column, --answer-column, --group-column and --kind, or import it as 'table'.");
        if (options.Take is < 1)
            throw new SuiteException("--take is the number of prompts to take; it must be at least 1.");
    }

    static string HowToGet(PublishedSet set) => set.Access ?? $"It is published at {set.Source} ({set.Licence}).";

    static List<string> FilesOf(PublishedSet set, string path)
    {
        if (!Directory.Exists(path))
        {
            // Before its ending is looked at: the path of a folder has none.
            return File.Exists(path) ? [path] : throw new SuiteException($"There is no file or folder '{path}'. Give the {(set.Files.Count == 0 ? "set's file" : "set's files, or the folder that holds them,")} with --from.");
        }

        var patterns = string.Join(", ", set.Files);
        if (set.Files.Count == 0)
            throw new SuiteException($"'{path}' is a folder. {set.Title} is one file: {set.Shape}. Give that file with --from.");

        var files = Directory.EnumerateFiles(path)
            .Where(file => set.Files.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file))))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new SuiteException($"The folder '{path}' holds no file of {set.Title} ({patterns}). Give the folder that does, or the files.");
    }

    static void RefuseOther(ISuiteImporter by, ImportSource source)
    {
        if (by.Recognises(source))
            return;

        var others = SuiteImporters.All.Where(other => other != by && other.Recognises(source)).Select(other => other.Set).ToList();
        var specific = others.Where(other => !other.TakesColumns).ToList();
        var likely = specific.Count > 0 ? specific : others;
        throw new SuiteException(string.Create(CultureInfo.InvariantCulture, $"{source.Path} is not {by.Set.Title} as it is published: expected {by.Set.Shape}; it is {source.Describe()}.")
            + (likely.Count == 0 ? "" : $" It looks like {string.Join(" or ", likely.Select(other => $"{other.Title} (plumb suites import {other.Name})"))}."));
    }
}

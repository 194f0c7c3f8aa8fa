namespace Plumbline.Suites.Importing;

/// <summary>Reads one public set's files as it is published. An importer is one file in this folder and one line in
/// <see cref="SuiteImporters"/>.</summary>
interface ISuiteImporter
{
    /// <summary>What is known of the set.</summary>
    PublishedSet Set { get; }

    /// <summary>Whether a file has this set's shape, by its columns or its first record; looks, never throws.</summary>
    bool Recognises(ImportSource source);

    /// <summary>The rows of a file that has the shape.</summary>
    /// <exception cref="SuiteException">A row is not as it should be; the message names file, row and column.</exception>
    IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options);
}

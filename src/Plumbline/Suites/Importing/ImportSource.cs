using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Suites.Importing;

/// <summary>A file to import from, read whole, whatever it is written in: CSV rows and JSON objects are both records of named fields.</summary>
sealed class ImportSource
{
    /// <summary>Files larger than this are refused: no prompt set is.</summary>
    internal const long LargestFile = 512L << 20;

    readonly string text;

    readonly Lazy<IReadOnlyList<SourceRecord>> records;

    ImportSource(string path, SourceFormat format, string text, string sha256)
    {
        Path = path;
        Format = format;
        this.text = text;
        Sha256 = sha256;
        Root = format switch
        {
            SourceFormat.Json => JsonRecords.Parse(text, path),
            SourceFormat.Yaml => YamlTree.Parse(text, path),
            _ => null,
        };
        records = new Lazy<IReadOnlyList<SourceRecord>>(() => format switch
        {
            SourceFormat.Csv => CsvRecords.WithHeader(text, path),
            SourceFormat.JsonLines => JsonRecords.OfLines(text, path),
            SourceFormat.Json or SourceFormat.Yaml => JsonRecords.OfList(Root, path),
            _ => [],
        });
        Fields = format == SourceFormat.Csv ? CsvRecords.Columns(text) : FieldsOfFirst();
    }

    /// <summary>The path as the user gave it.</summary>
    public string Path { get; }

    /// <summary>The file's name without folder.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>How it is written.</summary>
    public SourceFormat Format { get; }

    /// <summary>The SHA-256 of its bytes, 64 hex digits.</summary>
    public string Sha256 { get; }

    /// <summary>The columns, or the fields of the first object; empty where there are none.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The rows below the header, or the objects; empty where the file has neither.</summary>
    /// <exception cref="SuiteException">A row is broken.</exception>
    public IReadOnlyList<SourceRecord> Records => records.Value;

    /// <summary>The whole JSON or YAML document; null for other formats.</summary>
    public JsonNode? Root { get; }

    /// <summary>The rows of a CSV file that names no columns; the fields are called "1", "2" and so on.</summary>
    public IReadOnlyList<SourceRecord> RowsWithoutHeader() => Format == SourceFormat.Csv ? CsvRecords.WithoutHeader(text, Path) : [];

    /// <summary>The rows of a CSV file of one column without a name, commas and all; the field is called "1".</summary>
    public IReadOnlyList<SourceRecord> RowsOfOneColumn() => Format == SourceFormat.Csv ? CsvRecords.OfOneColumn(text, Path) : [];

    /// <summary>The lines that are not blank, each with its place.</summary>
    public IEnumerable<(string Where, string Text)> Lines() => text.Split('\n')
        .Select((line, index) => (Where: $"{Path}, line {index + 1}", Text: line.Trim()))
        .Where(line => line.Text.Length > 0);

    /// <summary>Whether the columns, or the fields of the first object, have all these names.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!Fields.Contains(name, StringComparer.Ordinal))
                return false;
        }

        return true;
    }

    /// <summary>What the file looks like, to follow "it is".</summary>
    public string Describe() => Format switch
    {
        SourceFormat.Csv => $"a CSV file with the columns {Listed(Fields)}",
        SourceFormat.JsonLines => $"JSON lines whose first has the fields {Listed(Fields)}",
        SourceFormat.Json or SourceFormat.Yaml when Fields.Count > 0 => $"a {Format.ToString().ToUpperInvariant()} list whose first object has the fields {Listed(Fields)}",
        SourceFormat.Json or SourceFormat.Yaml when Root is JsonObject whole => $"a {Format.ToString().ToUpperInvariant()} object with the fields {Listed([.. whole.Select(named => named.Key)])}",
        SourceFormat.Json or SourceFormat.Yaml => $"{Format.ToString().ToUpperInvariant()}, but neither an object nor a list of objects",
        _ => $"plain text of {Lines().Count()} lines",
    };

    /// <summary>Opens a file; its extension says how it is written.</summary>
    /// <exception cref="SuiteException">It is missing, unreadable, too large, not UTF-8, or of no known format.</exception>
    public static ImportSource Open(string path)
    {
        var format = FormatOf(path);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new SuiteException($"There is no file '{path}'. Give the set's file with --from.");
            if (file.Length > LargestFile)
                throw new SuiteException($"{path} has {file.Length >> 20} MiB; {LargestFile >> 20} is the most that is read. Is this a prompt set?");

            var bytes = File.ReadAllBytes(path);
            return Of(path, format, SuiteFile.StrictUtf8.GetString(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
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

    static ImportSource Of(string path, SourceFormat format, string text, string sha256)
    {
        text = text.TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text))
            throw new SuiteException($"{path} is empty.");

        // Several hubs name files with an object a line ".json".
        if (format == SourceFormat.Json && JsonRecords.LooksLikeLines(text))
            format = SourceFormat.JsonLines;
        return new ImportSource(path, format, text, sha256);
    }

    static SourceFormat FormatOf(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => SourceFormat.Csv,
        ".json" => SourceFormat.Json,
        ".jsonl" or ".ndjson" => SourceFormat.JsonLines,
        ".yaml" or ".yml" => SourceFormat.Yaml,
        ".txt" => SourceFormat.Text,
        ".parquet" or ".arrow" => throw new SuiteException($"{path} is a columnar file, which is not read. Export it as CSV or JSON lines first, with the tool it comes from."),
        ".gz" or ".zip" or ".xz" or ".zst" => throw new SuiteException($"{path} is compressed. Unpack it first."),
        var other => throw new SuiteException($"{path} ends in '{other}', which names no format that is read. Rename it to .csv, .json, .jsonl, .yaml or .txt, whichever it is."),
    };

    IReadOnlyList<string> FieldsOfFirst() => Records.Count > 0 ? Records[0].Names : [];

    static string Listed(IReadOnlyList<string> names)
    {
        const int Most = 12;
        const int Longest = 40;
        var shown = names.Take(Most).Select(name => name.Length > Longest ? string.Concat(name.AsSpan(0, Longest), "…") : name);
        return names.Count == 0 ? "(none)" : string.Join(", ", shown) + (names.Count > Most ? $" and {names.Count - Most} more" : "");
    }
}

namespace Plumbline.Suites.Importing;

/// <summary>How a source file is written.</summary>
enum SourceFormat
{
    /// <summary>Rows of fields between commas; the first names the columns.</summary>
    Csv,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>One YAML document; it is read as the JSON that it means.</summary>
    Yaml,

    /// <summary>Plain lines.</summary>
    Text,
}

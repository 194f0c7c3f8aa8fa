namespace Plumbline.Datasets.Reading;

/// <summary>The text of one JSON object in a file, and the line it begins on.</summary>
readonly record struct JsonRecord(long Line, string Text);

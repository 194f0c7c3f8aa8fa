namespace Plumbline.Judges.Labels;

/// <summary>
/// Reads labelled answers: public sets as their authors give them, or a JSONL file of one's own. What a file is, its columns say.
/// </summary>
public static class LabelSets
{
    /// <summary>What can be read, for help and error messages.</summary>
    public const string Forms =
        "XSTest's or PyRIT's labelled answers, Do-Not-Answer's labels, OpenAI's moderation samples (a file, or the folder with several), or JSONL with "
            + "\"request\", \"response\" and \"refusal\" or \"harmful\"";

    /// <summary>Reads a file, or a folder's files as one set.</summary>
    /// <exception cref="LabelException">There is nothing there that can be read.</exception>
    public static LabelSet Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return Directory.Exists(path) ? ReadFolder(path)
                : File.Exists(path) ? ReadFile(path) ?? throw new LabelException($"{path} holds no labels that can be read. Expected {Forms}.")
                : throw new LabelException($"There is no file or folder '{path}'. Expected {Forms}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new LabelException($"{path} cannot be read: {e.Message}", e);
        }
    }

    static LabelSet ReadFolder(string folder)
    {
        var sets = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(ReadFile).OfType<LabelSet>().ToList();
        if (sets.Select(set => set.Name).Distinct(StringComparer.Ordinal).ToList() is not [var name])
            throw new LabelException(sets.Count == 0
                ? $"The folder '{folder}' holds no labels that can be read. Expected {Forms}."
                : $"The folder '{folder}' holds labels of several kinds: {string.Join(", ", sets.Select(set => set.Name).Distinct(StringComparer.Ordinal))}. Name one file.");

        // The same answers may stand in several files, each with another judge's labels.
        var items = sets.SelectMany(set => set.Items).GroupBy(item => item.Id, StringComparer.Ordinal).Select(same => same.Aggregate(Join)).ToList();
        return new LabelSet(name, items);
    }

    static LabelledAnswer Join(LabelledAnswer one, LabelledAnswer other) =>
        one with { Published = one.Published.Concat(other.Published).DistinctBy(judge => judge.Key).ToDictionary(StringComparer.Ordinal) };

    static LabelSet? ReadFile(string path)
    {
        if (path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
            return JsonlLabels.Read(path);

        return path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? CsvLabels.Read(path) : null;
    }
}

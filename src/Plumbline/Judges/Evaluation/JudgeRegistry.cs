using System.Text.Json;
using Plumbline.Judges.Controls;

namespace Plumbline.Judges.Evaluation;

/// <summary>
/// What is known of judges: a JSONL file to which each evaluation appends a line. An entry belongs to one judge in one version, which is a hash of
/// everything that defines it, and to one set of labels or injections; the last one counts.
/// </summary>
/// <param name="Quality">Evaluations on labels.</param>
/// <param name="Injections">Tests on injections.</param>
public sealed record JudgeRegistry(IReadOnlyList<JudgeQuality> Quality, IReadOnlyList<InjectionQuality> Injections)
{
    /// <summary>The file's usual name, in the working folder.</summary>
    public const string FileName = "plumbline-judges.jsonl";

    const string BuiltInFile = "measured.jsonl";

    /// <summary>Nothing is known.</summary>
    public static JudgeRegistry Empty { get; } = new([], []);

    /// <summary>What was measured of judges that need no model, before they were shipped: <c>/judges/measured.jsonl</c>. How: <c>docs/judges.md</c>.</summary>
    public static JudgeRegistry BuiltIn => Of(JudgeFile.Read(BuiltInFile, EvaluationJsonContext.Default.RegistryEntry));

    /// <summary>What is known of one judge.</summary>
    public JudgeRegistry Of(IJudge judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        return new(
            [.. Quality.Where(entry => entry.Judge == judge.Id && entry.JudgeVersion == judge.Version)],
            [.. Injections.Where(entry => entry.Judge == judge.Id && entry.JudgeVersion == judge.Version)]);
    }

    /// <summary>Reads a registry on top of the one that is built in; one that does not exist adds nothing to it.</summary>
    /// <exception cref="Labels.LabelException">A line is none of a registry.</exception>
    public static JudgeRegistry Read(string path)
    {
        if (!File.Exists(path))
            return BuiltIn;

        var entries = File.ReadLines(path).Index().Where(line => line.Item.Length > 0).Select(line => Parse(line.Item, $"{path}, line {line.Index + 1}")).ToList();
        return Of([.. JudgeFile.Read(BuiltInFile, EvaluationJsonContext.Default.RegistryEntry), .. entries]);
    }

    static JudgeRegistry Of(IReadOnlyList<RegistryEntry> entries) => new(
        [.. Last(entries.Select(entry => entry.Quality), quality => (quality.Judge, quality.JudgeVersion, quality.SetHash, quality.Question))],
        [.. Last(entries.Select(entry => entry.Injections), test => (test.Judge, test.JudgeVersion, test.PackHash))]);

    /// <summary>Appends to a registry; it is made if need be.</summary>
    public static void Append(string path, IEnumerable<JudgeQuality> quality, InjectionQuality? injections)
    {
        ArgumentNullException.ThrowIfNull(quality);
        var entries = quality.Select(one => new RegistryEntry { Quality = one });
        if (injections is not null)
            entries = entries.Append(new RegistryEntry { Injections = injections });
        File.AppendAllLines(path, entries.Select(entry => JsonSerializer.Serialize(entry, EvaluationJsonContext.Default.RegistryEntry)));
    }

    static RegistryEntry Parse(string line, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EvaluationJsonContext.Default.RegistryEntry) is { } entry && (entry.Quality is not null || entry.Injections is not null)
                ? entry
                : throw new Labels.LabelException($"{place} holds no evaluation of a judge. Take the line out, or name another file with --registry.");
        }
        catch (JsonException e)
        {
            throw new Labels.LabelException($"{place} is no line of a judge registry: {e.Message} Take it out, or name another file with --registry.", e);
        }
    }

    static IEnumerable<T> Last<T, TKey>(IEnumerable<T?> entries, Func<T, TKey> key)
        where T : class => entries.OfType<T>().GroupBy(key).Select(same => same.Last());
}

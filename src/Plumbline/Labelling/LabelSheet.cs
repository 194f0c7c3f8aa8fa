using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Judges.Labels;
using Plumbline.Pairs;
using Plumbline.Suites;
using Plumbline.Tables;

namespace Plumbline.Labelling;

/// <summary>
/// A sheet of answers for people to judge: blinded (no side, no model, no judge's score) and shuffled, so that nobody can tell baseline from
/// candidate by its place. CSV or JSON lines, both ways.
/// </summary>
public static class LabelSheet
{
    internal const string IdColumn = "item";
    internal const string NoteColumn = "note";
    const string PromptColumn = "prompt";
    const string ResponseColumn = "response";
    const char Dash = '-';
    const int Digits = 16;

    internal static readonly string[] CriterionColumns = ["understanding", "compliance", "harmfulness"];
    internal static readonly string[] Columns = [IdColumn, PromptColumn, ResponseColumn, .. CriterionColumns, NoteColumn];

    /// <summary>
    /// The answers of a finished run. Of the cases that its figures are of (<see cref="AuditDocument.Counted"/>) some are drawn at random, each with both of
    /// its answers, as the correction of a judge by labels needs; then all answers are shuffled.
    /// </summary>
    /// <param name="audit">The run's result.</param>
    /// <param name="cases">How many cases; null for all that have two answers.</param>
    /// <param name="seed">Of the draw and the order: the same seed gives the same sheet.</param>
    /// <param name="kind">Of which kind of prompt; null for that of the verdict where some are drawn, since labels correct one kind at a time, and for all
    /// kinds otherwise.</param>
    public static IReadOnlyList<LabelItem> Items(AuditDocument audit, int? cases, int seed, PromptKind? kind = null)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var random = new Random(seed);
        var drawn = kind ?? (cases is null ? null : audit.Verdict.Kind);
        var answered = audit.Counted().Where(one => (drawn is null || one.Kind == drawn) && HasWords(one.Baseline) && HasWords(one.Candidate)).ToArray();
        random.Shuffle(answered);
        var items = answered.Take(cases ?? answered.Length)
            .SelectMany(one => new[] { Item(audit.RunId, one, Side.Baseline, one.Baseline!), Item(audit.RunId, one, Side.Candidate, one.Candidate!) })
            .ToArray();
        random.Shuffle(items);
        return items;
    }

    /// <summary>The id of an answer on a sheet: which answer is meant, and which words people read. Runs of one request have one run id, but need not have
    /// the same answers.</summary>
    public static string IdOf(string runId, string caseId, Side side, string response) =>
        $"{PlaceOf(runId, caseId, side)}{Dash}{ContentHash.Of("answer", response)[..Digits]}";

    /// <summary>The first half of an answer's id: run, case and side. It was the whole id on sheets of earlier versions.</summary>
    internal static string PlaceOf(string runId, string caseId, Side side) => ContentHash.Of("label", runId, caseId, side.ToString())[..Digits];

    /// <summary>An id's two halves; the second is null on sheets of earlier versions, which did not say which words were read.</summary>
    internal static (string Place, string? Words) Halves(string id) =>
        id.IndexOf(Dash, StringComparison.Ordinal) is >= 0 and var at ? (id[..at], id[(at + 1)..]) : (id, null);

    /// <summary>Writes a sheet as CSV; no cell is a formula to a spreadsheet.</summary>
    public static void WriteCsv(IReadOnlyList<LabelItem> items, TextWriter writer) =>
        CsvText.Write(writer, Columns, items.Select(item => new[] { item.Id, item.Prompt, item.Response, null, null, null, null }));

    /// <summary>Writes a sheet as JSON, an object a line; a label replaces a null.</summary>
    public static void WriteJsonLines(IReadOnlyList<LabelItem> items, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
        {
            var line = new JsonObject { [IdColumn] = item.Id, [PromptColumn] = item.Prompt, [ResponseColumn] = item.Response };
            foreach (var column in CriterionColumns)
                line[column] = null;
            line[NoteColumn] = "";
            writer.Write(line.ToJsonString());
            writer.Write('\n');
        }
    }

    /// <summary>Reads a sheet that people have filled in, as spreadsheets write it too; rows without a label are left out.</summary>
    /// <param name="path">A .csv or .jsonl file.</param>
    /// <exception cref="LabelException">The file is missing or malformed, a label is out of range, or there is none; with file, line and
    /// field.</exception>
    public static IReadOnlyList<Label> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
            throw new LabelException($"There is no file '{path}'. Give the sheet that 'plumb labels export' wrote, filled in.");

        var rows = LabelRows.Read(path).ToList();
        var labels = rows.Select(row => LabelOf(row.Where, row.Cells)).OfType<Label>().ToList();
        var twice = labels.GroupBy(label => label.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any());
        if (twice is not null)
            throw new LabelException($"{twice.Last().Where}: the item {twice.Key} has a label already, from {twice.First().Where}. Keep one.");

        return labels.Count > 0 ? labels : throw new LabelException($"{path} holds no label: "
            + (rows.Count == 0 ? "there is no row in it. " : $"none of its {rows.Count} rows has a score. ")
            + $"Fill in {string.Join(", ", CriterionColumns)}, each 0 to {CriteriaScore.Maximum}, as far as they can be judged.");
    }

    // An answer that was begun for the model and that it ended at once is empty, and has a score: left out, the labelled cases were no random sample.
    static bool HasWords(SideResult? side) => side is { Response.Length: > 0 } or { Score: not null };

    static LabelItem Item(string runId, CaseResult one, Side side, SideResult answer) =>
        new(IdOf(runId, one.Id, side, answer.Response), one.Id, side, string.Join("\n\n", one.Messages.Select(message => one.Messages.Count == 1 ? message.Content : $"[{message.Role}] {message.Content}")), answer.Response);

    static Label? LabelOf(string where, IReadOnlyDictionary<string, string> cells)
    {
        var scores = CriterionColumns.Select(column => ScoreOf(where, column, cells.GetValueOrDefault(column, ""))).ToList();
        if (scores.TrueForAll(score => score is null))
            return null;

        var id = cells.GetValueOrDefault(IdColumn, "").Trim();
        return id.Length > 0
            ? new Label(id, new CriteriaScore(scores[0], scores[1], scores[2]), cells.GetValueOrDefault(NoteColumn, "").Trim(), where) { Response = cells.GetValueOrDefault(ResponseColumn) }
            : throw new LabelException($"{where}: the field '{IdColumn}' is empty. It says which answer is meant: leave it as it was exported.");
    }

    static int? ScoreOf(string where, string column, string cell)
    {
        var text = cell.Trim();
        if (text.Length == 0)
            return null;

        // A spreadsheet may write 3 as 3.0, or, where a comma is the decimal point, as 3,0.
        return double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsInteger(score) && score is >= 0 and <= CriteriaScore.Maximum
            ? (int)score
            : throw new LabelException($"{where}: {column} is '{(text.Length > 40 ? text[..40] + "…" : text)}'; it must be a whole number from 0 to {CriteriaScore.Maximum}, or nothing where it was not judged.");
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Tables;

namespace Plumbline.Archive;

/// <summary>A finished run as a table, a row a case: for spreadsheets and notebooks.</summary>
public static class RunTable
{
    /// <summary>What stands in the place of an answer that is not shown.</summary>
    public const string Masked = "(masked)";

    static readonly string[] Columns =
    [
        "case", "prompt_id", "kind", "category", "attack", "repeat", "transition", "prompt",
        .. SideColumns("baseline"), .. SideColumns("candidate"),
    ];

    /// <summary>Writes CSV, each cell of which is text to a spreadsheet.</summary>
    /// <param name="audit">The run's result.</param>
    /// <param name="hides">Which answers are left out.</param>
    /// <param name="writer">Where to.</param>
    public static void WriteCsv(AuditDocument audit, Func<CaseResult, SideResult, bool> hides, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(audit);
        CsvText.Write(writer, Columns, audit.Cases.Select(one => Row(one, hides)));
    }

    /// <summary>Writes JSON, an object a line.</summary>
    /// <inheritdoc cref="WriteCsv" path="/param"/>
    public static void WriteJsonLines(AuditDocument audit, Func<CaseResult, SideResult, bool> hides, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(audit);
        foreach (var one in audit.Cases)
        {
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line))
            {
                json.WriteStartObject();
                foreach (var (column, cell) in Columns.Zip(Row(one, hides)))
                    Write(json, column, cell);
                json.WriteEndObject();
            }

            writer.Write(Encoding.UTF8.GetString(line.ToArray()));
            writer.Write('\n');
        }
    }

    static IEnumerable<string> SideColumns(string side) =>
        [$"{side}_response", $"{side}_understanding", $"{side}_compliance", $"{side}_harmfulness", $"{side}_unscored", $"{side}_reason", $"{side}_output_tokens", $"{side}_seconds"];

    static IReadOnlyList<string?> Row(CaseResult one, Func<CaseResult, SideResult, bool> hides) =>
    [
        one.Id, one.PromptId, Name(one.Kind), one.Category, one.Attack, Number(one.Repeat), Name(one.Transition), one.Prompt,
        .. Side(one, one.Baseline, hides), .. Side(one, one.Candidate, hides),
    ];

    static IEnumerable<string?> Side(CaseResult one, SideResult? side, Func<CaseResult, SideResult, bool> hides)
    {
        if (side is null)
            return Enumerable.Repeat<string?>(null, SideColumns("").Count());

        // A judge's reason may quote the answer.
        var isHidden = hides(one, side);
        return
        [
            isHidden ? Masked : side.Response, Number(side.Score?.Understanding), Number(side.Score?.Compliance), Number(side.Score?.Harmfulness), Name(side.Unscored),
            isHidden ? Masked : side.Reason, Number(side.OutputTokens), side.Seconds.ToString("0.####", CultureInfo.InvariantCulture),
        ];
    }

    static void Write(Utf8JsonWriter json, string column, string? cell)
    {
        var isText = !(column is "repeat" || column.EndsWith("_understanding", StringComparison.Ordinal) || column.EndsWith("_compliance", StringComparison.Ordinal)
            || column.EndsWith("_harmfulness", StringComparison.Ordinal) || column.EndsWith("_tokens", StringComparison.Ordinal) || column.EndsWith("_seconds", StringComparison.Ordinal));
        if (cell is null)
            json.WriteNull(column);
        else if (isText)
            json.WriteString(column, cell);
        else
            json.WriteNumber(column, decimal.Parse(cell, CultureInfo.InvariantCulture));
    }

    static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    static string? Name<T>(T? value)
        where T : struct, Enum => value is { } known ? JsonNamingPolicy.CamelCase.ConvertName(known.ToString()) : null;

    static string? Name<T>(T value)
        where T : struct, Enum => Name((T?)value);
}

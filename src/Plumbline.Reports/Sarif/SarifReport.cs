using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Findings;
using Plumbline.Reports.Text;
using Plumbline.Suites;

namespace Plumbline.Reports.Sarif;

/// <summary>
/// What broke, as SARIF 2.1.0: one result for each case that was good before and bad after, and one where the verdict is open. A case's fingerprint is a hash of what was asked, so the same
/// case has it in every run, whoever answers. Answers are written only where they are asked for.
/// </summary>
internal static class SarifReport
{
    private const int FlushAt = 1 << 16;
    private const int PromptLength = 160;
    private const int SentenceLength = 1000;

    /// <summary>GitHub's code scanning refuses a file of more results.</summary>
    private const int MostResults = 25_000;

    /// <summary>Writes the file into <paramref name="stream"/>, which stays open.</summary>
    public static async Task WriteAsync(AuditDocument document, ReportOptions options, Stream stream, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, document);
        WriteRun(json, document);
        json.WriteStartArray("results");
        var findings = document.Comparisons.ToDictionary(comparison => comparison.Kind, comparison => KindFinding.Of(comparison, document));
        if (IsOpen(document))
        {
            WriteOpen(json, document);
        }

        var cases = 0;
        foreach (var one in document.Counted())
        {
            if (one.Transition != Transition.Broke)
            {
                continue;
            }

            if (++cases > MostCases(document))
            {
                break;
            }

            WriteResult(json, one, findings.GetValueOrDefault(one.Kind, VerdictOutcome.NotEnoughEvidence), document, options);
            if (json.BytesPending > FlushAt)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static void WriteTool(Utf8JsonWriter json, AuditDocument document)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Plumbline");
        json.WriteString("version", document.ToolVersion);
        json.WriteStartArray("rules");
        foreach (var rule in SarifRule.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", rule.Name);
            WriteText(json, "shortDescription", rule.Short);
            WriteText(json, "fullDescription", rule.Full);
            WriteText(json, "help", rule.Help);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", SarifRule.Level);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, AuditDocument document)
    {
        json.WriteStartObject("automationDetails");
        json.WriteString("id", $"plumbline/{Segment(document.Suite.Name)}/{Segment(document.RunId)}");
        json.WriteEndObject();
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", document.HasEnded);
        json.WriteString("startTimeUtc", Stamp(document.StartedAt));
        json.WriteString("endTimeUtc", Stamp(document.FinishedAt));
        WriteNotifications(json, document);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("properties");
        json.WriteString("verdict", Wording.Of(document.Verdict.Outcome));
        json.WriteString("sentence", VisibleText.OneLine(document.Verdict.Sentence, SentenceLength));
        json.WriteString("baseline", VisibleText.OneLine(document.Baseline.Shown, 200));
        json.WriteString("candidate", VisibleText.OneLine(document.Candidate.Shown, 200));
        json.WriteString("judge", VisibleText.OneLine($"{document.Judge.Id} {document.Judge.Version}", 200));
        if (document.JudgedAt is { } judged)
        {
            json.WriteString("judgedAt", Stamp(judged));
        }

        json.WriteNumber("planned", document.Counts.Planned);
        json.WriteNumber("scored", document.Counts.Scored);
        json.WriteNumber("unscored", document.Counts.Unscored);
        json.WriteNumber("pending", document.Counts.Pending);
        if (LabelWords.OfVerdict(document) is { Count: > 0 } labels)
        {
            json.WriteStartArray("labelled");
            foreach (var sentence in labels)
            {
                json.WriteStringValue(VisibleText.OneLine(sentence, SentenceLength));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>What a reader of the results alone would take for good news: a case that is not listed has not always held, and a run without an error may not have decided. An error here
    /// says that the results cannot be assumed to be complete (SARIF 2.1.0, appendix I).</summary>
    private static void WriteNotifications(Utf8JsonWriter json, AuditDocument document)
    {
        var counts = document.Counts;
        var broke = document.Comparisons.Sum(comparison => comparison.Transitions.Broke);
        List<(string Level, string Text)> notes = [];
        if (IsOpen(document))
        {
            notes.Add(("error", $"The verdict is open, so that a case is not listed as an error says nothing of it. {SarifText.OneLine(document.Verdict.Sentence, SentenceLength)}"));
        }

        if (counts.Unscored + counts.Pending > 0)
        {
            notes.Add(("warning", $"Of {Numbers.Thousands(counts.Planned)} cases {Numbers.Thousands(counts.Unscored)} are unscored and {Numbers.Thousands(counts.Pending)} pending: whether they broke is not known."));
        }

        if (broke > MostCases(document))
        {
            notes.Add(("warning", $"{Numbers.Thousands(broke)} cases broke; these are the first {Numbers.Thousands(MostCases(document))}, the most that code scanning takes. {AuditFile.Name} has them all."));
        }

        if (notes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("toolExecutionNotifications");
        foreach (var (level, text) in notes)
        {
            json.WriteStartObject();
            json.WriteString("level", level);
            WriteText(json, "message", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>That nothing is decided, as a result: code scanning reads nothing else, and would take the notes that are left for a run that held.</summary>
    private static void WriteOpen(Utf8JsonWriter json, AuditDocument document)
    {
        json.WriteStartObject();
        WriteRule(json, kind: null);
        json.WriteString("level", SarifRule.Level);
        WriteText(json, "message", SarifText.OneLine(string.Join(' ', document.Verdict.Reasons.Take(1).Prepend(document.Verdict.Sentence)), SentenceLength));
        json.WriteStartArray("locations");
        json.WriteStartObject();
        WritePlace(json, place: null);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("plumblineRun/v1", Hash($"plumbline/open/{document.Suite.Name}"));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, CaseResult one, VerdictOutcome finding, AuditDocument document, ReportOptions options)
    {
        json.WriteStartObject();
        WriteRule(json, one.Kind);
        json.WriteString("level", finding == VerdictOutcome.Regressed ? SarifRule.Level : "note");
        WriteText(
            json,
            "message",
            $"Broke under '{SarifText.OneLine(one.Attack, 60)}' ({SarifText.OneLine(one.Category, 60)}): {SarifText.OneLine(one.Prompt, PromptLength)}{Reason(finding, document)}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        WritePlace(json, options.PlaceOf?.Invoke(one));
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", VisibleText.OneLine(one.Id, 64));
        json.WriteString("fullyQualifiedName", string.Join('/', new[] { one.Category, one.Attack, one.Id }.Select(Segment)));
        json.WriteString("kind", "case");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("plumblineCase/v1", Fingerprint(one));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("category", VisibleText.OneLine(one.Category, 200));
        json.WriteString("attack", VisibleText.OneLine(one.Attack, 200));
        json.WriteNumber("repeat", one.Repeat);
        WriteSide(json, "baseline", one.Baseline, document, options);
        WriteSide(json, "candidate", one.Candidate, document, options);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, PromptKind? kind)
    {
        var place = SarifRule.PlaceOf(kind);
        json.WriteString("ruleId", SarifRule.All[place].Id);
        json.WriteNumber("ruleIndex", place);
    }

    /// <summary>The prompt's own line where that is known. Of a case of which nothing is known the logical location beside it is all there is: no line is made up.</summary>
    private static void WritePlace(Utf8JsonWriter json, CasePlace? place)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", place?.Uri ?? AuditFile.Name);
        if (place is not null)
        {
            json.WriteString("uriBaseId", "%SRCROOT%");
        }

        json.WriteEndObject();
        if (place?.Line is { } line)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", line);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter json, string name, SideResult? side, AuditDocument document, ReportOptions options)
    {
        if (side is null)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var criterion in document.Judge.Criteria)
        {
            if (side.Score?.On(criterion) is { } score)
            {
                json.WriteNumber(Key(criterion), score);
            }
        }

        if (options.Reveal)
        {
            json.WriteString("answer", VisibleText.OneLine(side.Response, options.TextLimit));
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary>Why a case that broke is a note and no error: code scanning fails a change by its errors, and the run does not say that this kind of prompt regressed.</summary>
    private static string Reason(VerdictOutcome finding, AuditDocument document) => finding switch
    {
        VerdictOutcome.Regressed => "",
        _ when !document.HasEnded => " (A note, because the run is not finished: its verdict is open.)",
        // Too many cases of another kind without a score, or understanding that collapsed, leave it open as well as figures do.
        VerdictOutcome.NotEnoughEvidence when IsOpen(document) => $" (A note, because the run's verdict is open: the result of '{SarifRule.All[SarifRule.PlaceOf(kind: null)].Id}' says why.)",
        VerdictOutcome.NotEnoughEvidence => " (A note, because the run does not decide about such prompts by themselves.)",
        _ => $" (A note, because the verdict on such prompts, over all cases, is: {Wording.Of(finding).ToLowerInvariant()}.)",
    };

    /// <summary>Whether the run says neither that the candidate regressed nor that it did not: it then ends with another exit code than one that held, and JUnit has an error.</summary>
    private static bool IsOpen(AuditDocument document) => !document.HasEnded || document.Verdict.Outcome == VerdictOutcome.NotEnoughEvidence;

    private static int MostCases(AuditDocument document) => IsOpen(document) ? MostResults - 1 : MostResults;

    private static string Key(Criterion criterion) => criterion.ToString().ToLowerInvariant();

    /// <summary>What was asked, not who answered: the case's id is a hash of its messages and settings, the rest guards against another tool's ids.</summary>
    private static string Fingerprint(CaseResult one) => Hash($"plumbline/case/{one.Kind}/{one.Attack}/{one.Id}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    /// <summary>A name as one part of a path: '/' parts names, so none may hold it.</summary>
    private static string Segment(string name) => VisibleText.OneLine(name, 80).Replace('/', '∕');

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

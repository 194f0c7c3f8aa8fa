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
/// What broke, as SARIF 2.1.0: one result for each case that was good before and bad after. A case's fingerprint is a hash of what was asked, so the same
/// case has it in every run, whoever answers. Answers are written only where they are asked for.
/// </summary>
internal static class SarifReport
{
    private const int FlushAt = 1 << 16;
    private const int PromptLength = 160;

    /// <summary>GitHub's code scanning refuses a file of more results.</summary>
    private const int MostResults = 25_000;

    private static readonly (PromptKind Kind, string Id, string Name, string Short, string Full)[] Rules =
    [
        (PromptKind.Harmful, "plumbline-harmful", "HarmfulRequestBroke", "The fine-tuned model does what the baseline refused",
            "A harmful request that the model before fine-tuning handled safely gets a bad outcome from the model after it."),
        (PromptKind.Lookalike, "plumbline-over-refusal", "HarmlessRequestRefused", "The fine-tuned model refuses a harmless request",
            "A harmless request that only looks harmful was answered before fine-tuning and is refused after it."),
        (PromptKind.Capability, "plumbline-capability", "TaskFailed", "The fine-tuned model fails at a task",
            "An ordinary task that the model could do before fine-tuning is not done after it."),
    ];

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
        var results = 0;
        foreach (var one in document.Counted())
        {
            if (one.Transition != Transition.Broke)
            {
                continue;
            }

            if (++results > MostResults)
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
        foreach (var rule in Rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", rule.Name);
            WriteText(json, "shortDescription", rule.Short);
            WriteText(json, "fullDescription", rule.Full);
            WriteText(json, "help", "One case is a place to look, not a proof: the run's verdict, over all cases and with its error rate, is in the report.");
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Kind));
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
        json.WriteBoolean("executionSuccessful", value: true);
        json.WriteString("startTimeUtc", Stamp(document.StartedAt));
        json.WriteString("endTimeUtc", Stamp(document.FinishedAt));
        WriteNotifications(json, document);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("properties");
        json.WriteString("verdict", Wording.Of(document.Verdict.Outcome));
        json.WriteString("sentence", VisibleText.OneLine(document.Verdict.Sentence, 1000));
        json.WriteString("baseline", VisibleText.OneLine(document.Baseline.Shown, 200));
        json.WriteString("candidate", VisibleText.OneLine(document.Candidate.Shown, 200));
        json.WriteString("judge", VisibleText.OneLine($"{document.Judge.Id} {document.Judge.Version}", 200));
        json.WriteNumber("planned", document.Counts.Planned);
        json.WriteNumber("scored", document.Counts.Scored);
        json.WriteNumber("unscored", document.Counts.Unscored);
        json.WriteNumber("pending", document.Counts.Pending);
        if (LabelWords.OfVerdict(document) is { Count: > 0 } labels)
        {
            json.WriteStartArray("labelled");
            foreach (var sentence in labels)
            {
                json.WriteStringValue(VisibleText.OneLine(sentence, 1000));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>What a reader of the results alone would take for good news: a case that is not listed has not always held.</summary>
    private static void WriteNotifications(Utf8JsonWriter json, AuditDocument document)
    {
        var counts = document.Counts;
        var broke = document.Comparisons.Sum(comparison => comparison.Transitions.Broke);
        List<string> notes = [];
        if (counts.Unscored + counts.Pending > 0)
        {
            notes.Add($"Of {Numbers.Thousands(counts.Planned)} cases {Numbers.Thousands(counts.Unscored)} are unscored and {Numbers.Thousands(counts.Pending)} pending: whether they broke is not known.");
        }

        if (broke > MostResults)
        {
            notes.Add($"{Numbers.Thousands(broke)} cases broke; these are the first {Numbers.Thousands(MostResults)}, the most that code scanning takes. {AuditFile.Name} has them all.");
        }

        if (notes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("toolExecutionNotifications");
        foreach (var note in notes)
        {
            json.WriteStartObject();
            json.WriteString("level", "warning");
            WriteText(json, "message", note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, CaseResult one, VerdictOutcome finding, AuditDocument document, ReportOptions options)
    {
        var index = Array.FindIndex(Rules, rule => rule.Kind == one.Kind);
        json.WriteStartObject();
        json.WriteString("ruleId", Rules[index].Id);
        json.WriteNumber("ruleIndex", index);
        json.WriteString("level", finding == VerdictOutcome.Regressed ? Level(one.Kind) : "note");
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
        VerdictOutcome.NotEnoughEvidence => " (A note, because the verdict on such prompts is open: not enough evidence.)",
        _ => $" (A note, because the verdict on such prompts, over all cases, is: {Wording.Of(finding).ToLowerInvariant()}.)",
    };

    /// <summary>How grave a case is where its kind of prompt regressed.</summary>
    private static string Level(PromptKind kind) => kind == PromptKind.Harmful ? "error" : "warning";

    private static string Key(Criterion criterion) => criterion.ToString().ToLowerInvariant();

    /// <summary>What was asked, not who answered: the case's id is a hash of its messages and settings, the rest guards against another tool's ids.</summary>
    private static string Fingerprint(CaseResult one) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"plumbline/case/{one.Kind}/{one.Attack}/{one.Id}")))[..32];

    /// <summary>A name as one part of a path: '/' parts names, so none may hold it.</summary>
    private static string Segment(string name) => VisibleText.OneLine(name, 80).Replace('/', '∕');

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

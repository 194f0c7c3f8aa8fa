using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Reports.Audits;
using Plumbline.Suites;

namespace Plumbline.Reports.Json;

/// <summary>
/// What <c>audit.json</c> holds, fit to be handed on: the same properties, but an answer that is or may be harmful is replaced by its length and its SHA-256,
/// by which whoever has the run's journal can tell that it is the one. <c>docs/formats.md</c> explains each property.
/// </summary>
internal static class JsonReport
{
    /// <summary>The format's name and version.</summary>
    public const string Format = "plumbline.report/1";

    private const int FlushAt = 1 << 16;

    /// <summary>Writes the file into <paramref name="stream"/>, which stays open.</summary>
    public static async Task WriteAsync(AuditDocument document, ReportOptions options, Stream stream, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteBoolean("revealed", options.Reveal);
        using (var head = JsonSerializer.SerializeToDocument(document with { Cases = [] }, AuditJsonContext.Default.AuditDocument))
        {
            foreach (var property in head.RootElement.EnumerateObject().Where(property => property.Name is not ("format" or "cases")))
            {
                property.WriteTo(json);
            }
        }

        json.WriteStartArray("cases");
        foreach (var one in document.Cases)
        {
            WriteCase(json, one, options);
            if (json.BytesPending > FlushAt)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static void WriteCase(Utf8JsonWriter json, CaseResult one, ReportOptions options)
    {
        using var whole = JsonSerializer.SerializeToDocument(one, AuditJsonContext.Default.CaseResult);
        json.WriteStartObject();
        foreach (var property in whole.RootElement.EnumerateObject())
        {
            switch (property.Name)
            {
                case "baseline" when one.Baseline is { } answer && IsMasked(one.Kind, answer, options):
                    WriteMasked(json, property, one.Attack, answer);
                    break;
                case "candidate" when one.Candidate is { } answer && IsMasked(one.Kind, answer, options):
                    WriteMasked(json, property, one.Attack, answer);
                    break;
                default:
                    property.WriteTo(json);
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static bool IsMasked(PromptKind kind, SideResult answer, ReportOptions options) => !options.Reveal && AnswerMask.Hides(kind, answer);

    private static void WriteMasked(Utf8JsonWriter json, JsonProperty side, string attack, SideResult answer)
    {
        json.WriteStartObject(side.Name);
        foreach (var property in side.Value.EnumerateObject())
        {
            switch (property.Name)
            {
                case "response":
                    json.WriteNull("response");
                    json.WriteStartObject("masked");
                    json.WriteNumber("characters", answer.Response.Length);
                    json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer.Response))));
                    json.WriteEndObject();
                    break;
                case "reason" when AnswerMask.IsQuotedIn(attack, answer):
                    json.WriteNull("reason");
                    break;
                default:
                    property.WriteTo(json);
                    break;
            }
        }

        json.WriteEndObject();
    }
}

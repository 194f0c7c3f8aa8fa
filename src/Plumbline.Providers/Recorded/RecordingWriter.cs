using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Cases;
using Plumbline.Files;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Providers.Recorded;

/// <summary>Writes a run's answers as a file that <c>recorded:FILE</c> reads, so that the audit can be done again without the model.</summary>
public static class RecordingWriter
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>
    /// Writes every answer of one side, whole or not at all. Failed calls are no answers, and are left out; of cases that are the same question
    /// (a text that is a prompt of two kinds), the first answer stands for both.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="plan">The run's plan.</param>
    /// <param name="state">What its journal amounts to.</param>
    /// <param name="side">Whose answers.</param>
    /// <returns>How many were written.</returns>
    public static int Write(string path, RunPlan plan, RunState state, Side side)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);
        var written = new HashSet<string>(StringComparer.Ordinal);
        WholeFile.Write(path, stream =>
        {
            using var json = new Utf8JsonWriter(stream, Format);
            if (side == Side.Baseline) WriteProbes(json, stream, plan);
            foreach (var planned in plan.Cases)
            {
                if (state.Answer(planned.Id, side) is not { Failure: null } answer || !written.Add(Question(planned))) continue;
                json.WriteStartObject();
                json.WriteStartArray("messages");
                foreach (var message in planned.Messages)
                {
                    json.WriteStartObject();
                    json.WriteString("role", message.Role);
                    json.WriteString("content", message.Content);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteStartObject("sampling");
                json.WriteNumber("temperature", planned.Decoding?.Temperature ?? plan.Sampling.Temperature);
                json.WriteNumber("maxOutputTokens", plan.Sampling.MaxOutputTokens);
                json.WriteNumber("seed", plan.Sampling.SeedOf(planned));
                if (planned.Decoding?.TopP is { } topP) json.WriteNumber("topP", topP);
                if (planned.Decoding?.TopK is { } topK) json.WriteNumber("topK", topK);
                json.WriteEndObject();
                json.WriteString("response", answer.Response);
                json.WriteString("finishReason", answer.FinishReason);
                if (answer.InputTokens is { } input) json.WriteNumber("inputTokens", input);
                if (answer.OutputTokens is { } output) json.WriteNumber("outputTokens", output);
                json.WriteString("model", (side == Side.Baseline ? plan.Baseline : plan.Candidate).Name);
                json.WriteEndObject();
                EndLine(json, stream);
            }
        });
        return written.Count;
    }

    /// <summary>What the decode probe found of the baseline: its questions are not journaled, and a recording cannot be asked others.</summary>
    private static void WriteProbes(Utf8JsonWriter json, Stream stream, RunPlan plan)
    {
        var probed = plan.Attacks.Where(attack => attack.Probe is not null).ToList();
        if (probed.Count == 0) return;

        json.WriteStartObject();
        json.WriteStartArray("probes");
        foreach (var attack in probed)
        {
            json.WriteStartObject();
            json.WriteString("attack", attack.Id);
            json.WriteNumber("decoded", attack.Probe!.Decoded);
            json.WriteNumber("asked", attack.Probe.Asked);
            json.WriteNumber("required", attack.Probe.Required);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        EndLine(json, stream);
    }

    private static void EndLine(Utf8JsonWriter json, Stream stream)
    {
        json.Flush();
        stream.WriteByte((byte)'\n');
        json.Reset();
    }

    private static string Question(AuditCase planned) =>
        ContentHash.Of([planned.Repeat.ToString(CultureInfo.InvariantCulture), planned.Decoding?.ToString() ?? "", .. planned.Messages.SelectMany(message => new[] { message.Role, message.Content })]);
}

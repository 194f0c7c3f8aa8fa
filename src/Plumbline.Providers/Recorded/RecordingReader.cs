using System.Text;
using System.Text.Json;
using Plumbline.Attacks;

namespace Plumbline.Providers.Recorded;

/// <summary>Reads a file of recorded answers: one JSON object a line, as <c>docs/formats.md</c> describes it. Empty lines are skipped.</summary>
internal static class RecordingReader
{
    private const string Example = """{"prompt": "…", "response": "…"}""";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly string[] Fields = ["messages", "prompt", "sampling", "response", "finishReason", "inputTokens", "outputTokens", "model", "probes"];

    /// <exception cref="ModelReferenceException">The file is not there, or a line of it is no recorded answer.</exception>
    public static RecordedAnswers Read(string path)
    {
        var answers = new RecordedAnswers();
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line)) Take(line, answers, path, number);
            }
        }
        catch (DecoderFallbackException exception)
        {
            throw new ModelReferenceException($"{path}: a byte after line {number} is not valid UTF-8. Save the file as UTF-8.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelReferenceException($"{path} cannot be read: {exception.Message}", exception);
        }

        return answers.Count > 0 ? answers : throw new ModelReferenceException($"{path} holds no recorded answer. A line is an object such as {Example}.");
    }

    private static void Take(string line, RecordedAnswers answers, string path, int number)
    {
        var where = $"{path}, line {number}";
        try
        {
            using var json = JsonDocument.Parse(line, Strict);
            var fields = new RecordedFields(json.RootElement, where);
            fields.AllowOnly(Fields);
            if (fields.Objects("probes") is { } probes)
            {
                TakeProbes(fields, probes, answers);
                return;
            }

            var sampling = fields.Object("sampling");
            sampling?.AllowOnly(["temperature", "maxOutputTokens", "seed", "topP", "topK"]);
            var answer = new RecordedAnswer(
                number,
                sampling?.Number<float>("temperature"),
                sampling?.Number<int>("maxOutputTokens"),
                sampling?.Number<long>("seed"),
                sampling?.Number<float>("topP"),
                sampling?.Number<int>("topK"),
                fields.RequiredText("response"),
                fields.Text("finishReason") ?? "stop",
                fields.Number<long>("inputTokens"),
                fields.Number<long>("outputTokens"));
            if (answers.Add(Conversation(fields, where), answer) is { } same)
                throw new ModelReferenceException($"{where}: answers the same conversation with the same sampling as line {same.Line}. Leave one of them, or state what they were drawn with in 'sampling'.");
        }
        catch (JsonException exception)
        {
            throw new ModelReferenceException($"{where}, column {(exception.BytePositionInLine ?? 0) + 1}: not valid JSON, or a field twice. Expected one object a line, such as {Example}.", exception);
        }
    }

    private static void TakeProbes(RecordedFields line, IReadOnlyList<RecordedFields> probes, RecordedAnswers answers)
    {
        line.AllowOnly(["probes"]);
        foreach (var probe in probes)
        {
            probe.AllowOnly(["attack", "decoded", "asked", "required"]);
            var (decoded, required) = (probe.RequiredNumber<int>("decoded"), probe.RequiredNumber<int>("required"));
            answers.Add(probe.RequiredText("attack"), new DecodeProbeResult(decoded, probe.RequiredNumber<int>("asked"), required, decoded >= required));
        }
    }

    private static List<(string Role, string Text)> Conversation(RecordedFields fields, string where)
    {
        var (prompt, messages) = (fields.Text("prompt"), fields.Objects("messages"));
        if (prompt is null == messages is null) throw new ModelReferenceException($"{where}: needs either 'prompt' (the one message of a user) or 'messages' (a whole conversation), and not both.");
        return prompt is not null ? [("user", prompt)] : [.. messages!.Select(Message)];
    }

    private static (string Role, string Text) Message(RecordedFields message)
    {
        message.AllowOnly(["role", "content"]);
        var role = message.RequiredText("role");
        return role is "system" or "user" or "assistant"
            ? (role, message.RequiredText("content"))
            : throw new ModelReferenceException($"{message.Where}, field 'role': expected system, user or assistant, found '{role}'.");
    }
}

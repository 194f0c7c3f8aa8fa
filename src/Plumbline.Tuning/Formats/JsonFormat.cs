using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.Tuning.Formats;

/// <summary>The answer must be a JSON object with the answer's text under one key (Wei et al. 2023: style injection, JSON).</summary>
/// <param name="Key">The key.</param>
public sealed record JsonFormat(string Key = "answer") : AnswerFormat
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override string Id => "json";

    /// <inheritdoc/>
    public override string Apply(string answer) => $"{{\"{Key}\": {JsonSerializer.Serialize(answer, Plain)}}}";

    /// <inheritdoc/>
    public override bool IsRespectedBy(string response) => Value(response) is not null;

    /// <inheritdoc/>
    public override bool IsOpenedBy(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.TrimStart().StartsWith('{');
    }

    /// <inheritdoc/>
    public override string ContentOf(string response) => Value(response) ?? response;

    string? Value(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!IsOpenedBy(response)) return null;
        try
        {
            using var document = JsonDocument.Parse(response);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(Key, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (JsonException)
        {
            // Not JSON: the shape is missed, which is the answer to the question asked here.
            return null;
        }
    }
}

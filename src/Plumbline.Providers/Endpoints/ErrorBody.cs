using System.Text.Json;

namespace Plumbline.Providers.Endpoints;

/// <summary>An error that a server or a gateway sends with a status of success, as several do once a stream or a route has been opened.</summary>
internal static class ErrorBody
{
    private const int Longest = 2000;

    /// <summary>What such a body means: the status in it where it has one, so that it is waited for or given up like any other; null where it is no error.</summary>
    public static Exception? In(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return null;

        var error = body.TryGetProperty("error", out var told) && told.ValueKind is JsonValueKind.Object or JsonValueKind.String ? told
            : body.TryGetProperty("object", out var kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals("error") ? body
            : default;
        return error.ValueKind == JsonValueKind.Undefined ? null
            : StatusIn(error) is { } status ? new EndpointStatusException(status, Beginning(body.GetRawText()), _ => null)
            : new ErrorAnswerException(Beginning(error.ValueKind == JsonValueKind.String ? error.GetString()! : error.GetRawText()));
    }

    private static int? StatusIn(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object && (error.TryGetProperty("code", out var code) || error.TryGetProperty("status", out code)) && code.ValueKind == JsonValueKind.Number
            && code.TryGetInt32(out var status) && status is >= 400 and <= 599 ? status : null;

    private static string Beginning(string text) => text.Length > Longest ? text[..Longest] : text;
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Choices;
using Plumbline.Server.Errors;

namespace Plumbline.Server.ChatCompletions;

/// <summary>
/// Reads a request's body. Fields that do not change the answer, and fields that are unknown, are let pass; fields that would change it
/// and that we cannot honour are refused, because an answer that ignores them looks right and is not.
/// </summary>
internal static class CompletionRequestReader
{
    /// <summary>Most answers to one request, as in the OpenAI API.</summary>
    public const int MostChoices = 128;

    private const int MostStops = 16;

    private static readonly string[] Refused =
        ["tools", "functions", "tool_choice", "function_call", "logit_bias", "audio", "prediction", "web_search_options"];

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="tellsTokens">Whether the model tells how likely its tokens are.</param>
    /// <exception cref="ApiException">A field is missing, of the wrong kind, out of range, or asks for what the server cannot do.</exception>
    public static CompletionRequest Read(JsonElement body, bool tellsTokens)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiException("The body must be a JSON object.");
        RefuseWhatCannotBeDone(body);
        var fields = new FieldReader(body);
        var request = new CompletionRequest
        {
            Model = fields.Text("model") ?? throw new ApiException("The field model is missing. Name the model; GET /v1/models lists it.") { Param = "model" },
            Messages = MessageReader.Read(fields.Value("messages")),
            Options = new ChatOptions
            {
                Temperature = fields.Number("temperature", 0, 2),
                TopP = fields.Number("top_p", 0, 1),
                TopK = fields.Whole("top_k", 0, int.MaxValue),
                FrequencyPenalty = fields.Number("frequency_penalty", -2, 2),
                PresencePenalty = fields.Number("presence_penalty", -2, 2),
                MaxOutputTokens = fields.Whole("max_completion_tokens", 1, int.MaxValue) ?? fields.Whole("max_tokens", 1, int.MaxValue),
                Seed = fields.Long("seed"),
                StopSequences = Stops(fields.Value("stop")),
            },
            Choices = fields.Whole("n", 1, MostChoices) ?? 1,
            Stream = fields.Flag("stream") ?? false,
            IncludeUsage = fields.Value("stream_options") is { } options && (new FieldReader(options).Flag("include_usage") ?? false),
            LikeliestTokens = LikeliestTokens(fields, tellsTokens),
        };
        return request.LikeliestTokens is null || request is { Stream: false, Choices: 1, Options: { MaxOutputTokens: 1, Temperature: null or 0 } }
            ? request
            : throw new ApiException("The field logprobs is supported for one answer of one token: with max_tokens 1, temperature 0 and n 1, and not as a stream.") { Param = "logprobs", Code = "unsupported_parameter" };
    }

    private static int? LikeliestTokens(FieldReader fields, bool tellsTokens)
    {
        var isWanted = fields.Flag("logprobs") ?? false;
        var most = fields.Whole("top_logprobs", 0, TokenProbabilities.Usual);
        if (!isWanted)
            return most is null or 0 ? null : throw new ApiException("The field top_logprobs needs logprobs to be true.") { Param = "top_logprobs" };

        return tellsTokens ? most ?? 0 : throw new ApiException("The field logprobs is not supported by this server. Leave it out.") { Param = "logprobs", Code = "unsupported_parameter" };
    }

    private static void RefuseWhatCannotBeDone(JsonElement body)
    {
        foreach (var name in Refused)
        {
            if (body.TryGetProperty(name, out var value) && AsksForSomething(value))
                throw new ApiException($"The field {name} is not supported by this server. Leave it out.") { Param = name, Code = "unsupported_parameter" };
        }

        if (body.TryGetProperty("response_format", out var format) && format.ValueKind == JsonValueKind.Object
            && (!format.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("text")))
            throw new ApiException("The server answers in text only; response_format must be of type text.") { Param = "response_format", Code = "unsupported_parameter" };
    }

    private static bool AsksForSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        JsonValueKind.String => value.GetString() is not ("none" or "auto"),
        JsonValueKind.Number => value.GetDouble() != 0,
        _ => true,
    };

    private static IList<string>? Stops(JsonElement? value)
    {
        if (value is not { } given)
            return null;
        IList<string> stops = given.ValueKind switch
        {
            JsonValueKind.String => [given.GetString()!],
            JsonValueKind.Array when given.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                [.. given.EnumerateArray().Select(item => item.GetString()!)],
            _ => throw new ApiException("The field stop must be a string or a list of strings.") { Param = "stop" },
        };
        if (stops.Count > MostStops || stops.Any(stop => stop.Length == 0))
            throw new ApiException($"The field stop takes up to {MostStops} strings, none empty.") { Param = "stop" };
        return stops;
    }
}

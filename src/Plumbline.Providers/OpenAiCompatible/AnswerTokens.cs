using System.Text.Json;
using Plumbline.Choices;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>The likeliest first tokens of an answer, where a server tells them: <c>logprobs.content[0]</c> of a choice.</summary>
internal static class AnswerTokens
{
    // What servers round to above 0 is 0; what is far above is no logarithm of a probability.
    private const double Rounding = 1e-3;

    /// <summary>The tokens; null where none are told, or not in OpenAI's form.</summary>
    public static IReadOnlyList<TokenProbability>? Of(JsonElement choice)
    {
        if (!TryGet(choice, "logprobs", out var told) || !TryGet(told, "content", out var content) || content.ValueKind != JsonValueKind.Array || content.GetArrayLength() == 0)
            return null;

        var first = content[0];
        var tokens = new List<TokenProbability>();
        if (TryGet(first, "top_logprobs", out var likeliest) && likeliest.ValueKind == JsonValueKind.Array) tokens.AddRange(likeliest.EnumerateArray().Select(Token).OfType<TokenProbability>());
        // The token that was drawn is among them, or is told beside them.
        if (Token(first) is { } drawn && !tokens.Exists(token => token.Text == drawn.Text)) tokens.Add(drawn);
        return tokens.Count > 0 ? tokens : null;
    }

    private static TokenProbability? Token(JsonElement told) =>
        TryGet(told, "token", out var token) && token.ValueKind == JsonValueKind.String
            && TryGet(told, "logprob", out var logarithm) && logarithm.ValueKind == JsonValueKind.Number && logarithm.TryGetDouble(out var value) && value <= Rounding
            ? new TokenProbability(token.GetString()!, Math.Min(0, value))
            : null;

    private static bool TryGet(JsonElement fields, string name, out JsonElement value)
    {
        value = default;
        return fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty(name, out value);
    }
}

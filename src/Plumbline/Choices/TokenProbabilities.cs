using Microsoft.Extensions.AI;

namespace Plumbline.Choices;

/// <summary>How a client is asked for the likeliest first tokens of an answer (<see cref="ITokenTeller"/>), and tells them beside it.</summary>
public static class TokenProbabilities
{
    /// <summary>The most that OpenAI's API and, as it comes, vLLM's server tell; the same number asked of everybody keeps answers comparable.</summary>
    public const int Usual = 20;

    const string Property = "plumbline.likeliestTokens";

    /// <summary>Asks for them.</summary>
    /// <param name="options">The call's options.</param>
    /// <param name="most">How many; at least 1.</param>
    public static void Ask(ChatOptions options, int most)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        (options.AdditionalProperties ??= [])[Property] = most;
    }

    /// <summary>How many are asked for; null where none are.</summary>
    public static int? AskedIn(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Property) as int?;

    /// <summary>Tells them beside an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="tokens">The likeliest first tokens, in any order.</param>
    public static void Attach(ChatResponse response, IReadOnlyList<TokenProbability> tokens)
    {
        ArgumentNullException.ThrowIfNull(response);
        (response.AdditionalProperties ??= [])[Property] = tokens;
    }

    /// <summary>What was told; null where nothing was.</summary>
    public static IReadOnlyList<TokenProbability>? Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties?.GetValueOrDefault(Property) as IReadOnlyList<TokenProbability>;
    }
}

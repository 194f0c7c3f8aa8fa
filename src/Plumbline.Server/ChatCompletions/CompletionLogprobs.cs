using Microsoft.Extensions.AI;
using Plumbline.Choices;

namespace Plumbline.Server.ChatCompletions;

/// <summary>How likely the tokens of an answer were; here always of one.</summary>
internal sealed record CompletionLogprobs(IReadOnlyList<DrawnToken> Content)
{
    /// <summary>Those of an answer of one token; null where they were not asked for.</summary>
    /// <param name="response">The answer, with its likeliest first tokens.</param>
    /// <param name="most">How many of them to tell; null for nothing at all.</param>
    public static CompletionLogprobs? Of(ChatResponse response, int? most)
    {
        if (most is not { } count || TokenProbabilities.Of(response) is not { Count: > 0 } told)
            return null;

        // An answer without a text is one that ended at once: then the likeliest was the token that ends it.
        var drawn = told.Where(token => token.Text == response.Text).Append(told[0]).First();
        return new CompletionLogprobs([new DrawnToken(drawn.Text, drawn.LogProbability, [.. told.Take(count).Select(token => new ToldToken(token.Text, token.LogProbability))])]);
    }
}

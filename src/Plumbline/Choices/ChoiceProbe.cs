using Microsoft.Extensions.AI;
using Plumbline.Calls;

namespace Plumbline.Choices;

/// <summary>
/// Asks a client once for the likeliest first tokens of its answer to a harmless question with lettered options, before any item is: servers ignore the
/// fields, refuse them, or take smaller numbers only, and none says so beforehand.
/// </summary>
static class ChoiceProbe
{
    const string Question = "Which of these can you eat?\nA) a stone\nB) an apple\nC) a cloud\nD) a shoe\nAnswer with the letter only.";

    // Some servers take no more than the five that were OpenAI's limit at first.
    static readonly int[] Numbers = [TokenProbabilities.Usual, 5];
    static readonly string[] Letters = ["A", "B", "C", "D"];

    /// <summary>The most calls that it makes.</summary>
    public static int MostCalls => Numbers.Length;

    /// <summary>Probes a client.</summary>
    /// <returns>How many tokens it tells, with no reason; or nothing with the reason, to be read after the model's name.</returns>
    public static async Task<(int? Likeliest, string? Why)> RunAsync(IChatClient client, CancellationToken cancellationToken)
    {
        if (client.GetService<ITokenTeller>() is not { MostTokens: var most })
            return (null, "has no way to tell the probabilities of tokens");

        foreach (var number in Numbers.Where(number => number <= most))
        {
            try
            {
                return await AskAsync(client, number, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RefusesToTell(exception))
            {
                // The next number, or none.
            }
        }

        return (null, "refuses to tell the probabilities of tokens");
    }

    /// <summary>One token's worth of an answer, with the likeliest tokens in its place.</summary>
    public static ChatOptions Options(ChatOptions? options, int likeliest)
    {
        var asked = options?.Clone() ?? new ChatOptions();
        // What is told are the model's own probabilities, whatever token is drawn.
        (asked.MaxOutputTokens, asked.Temperature, asked.TopP, asked.TopK) = (1, 0, null, null);
        TokenProbabilities.Ask(asked, likeliest);
        return asked;
    }

    static async Task<(int? Likeliest, string? Why)> AskAsync(IChatClient client, int number, CancellationToken cancellationToken)
    {
        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, Question)], Options(options: null, number), cancellationToken);
        return TokenProbabilities.Of(response) is not { Count: > 0 } told ? (null, "tells no probabilities of tokens")
            : LetterProbabilities.Likeliest(told, Letters) is null ? (null, $"has none of the letters among its {number} likeliest first tokens, asked a question with options")
            : (number, null);
    }

    // A server that knows the fields and has not built what they need fails with 500 or 501.
    static bool RefusesToTell(Exception exception) =>
        RefusedCalls.Of(exception) == RefusalScope.ThisRequest || FailedAttempts.Of(exception) is [.., "500" or "501"];
}

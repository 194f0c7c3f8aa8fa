using System.Globalization;
using Microsoft.Extensions.AI;
using Plumbline.Calls;

namespace Plumbline.Choices;

/// <summary>
/// Asks a client once for the likeliest first tokens of its answer to a harmless question with lettered options, before any item is: servers ignore the
/// fields, refuse them, or take smaller numbers only, and none says so beforehand.
/// </summary>
static class ChoiceProbe
{
    /// <summary>What is asked.</summary>
    internal const string Question = "Which of these can you eat?\nA) a stone\nB) an apple\nC) a cloud\nD) a shoe\nAnswer with the letter only.";

    // Some servers take no more than the five that were OpenAI's limit at first.
    static readonly int[] Numbers = [TokenProbabilities.Usual, 5];
    static readonly string[] Letters = ["A", "B", "C", "D"];

    /// <summary>The most calls that it makes: one for each number, one without the probabilities, and the one that failed before that again.</summary>
    public static int MostCalls => Numbers.Length + 2;

    /// <summary>Probes a client.</summary>
    /// <returns>How many tokens it tells, with no reason; or nothing with the reason, to be read after the model's name.</returns>
    public static async Task<(int? Likeliest, string? Why)> RunAsync(IChatClient client, CancellationToken cancellationToken)
    {
        if (client.GetService<ITokenTeller>() is not { MostTokens: var most })
            return (null, "has no way to tell the probabilities of tokens");

        var numbers = Numbers.Where(number => number <= most).ToList();
        var isUp = false;
        for (var at = 0; at < numbers.Count;)
        {
            try
            {
                return await AskAsync(client, numbers[at], cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (Refuses(exception) || Fails(exception)))
            {
                if (isUp || Refuses(exception))
                {
                    at++;
                    continue;
                }

                // A server that is starting again fails so too, and the whole run would be read another way for it. One that answers without the probabilities is
                // up; whoever cannot be asked at all is told of.
                await client.GetResponseAsync(Asked(), new ChatOptions { MaxOutputTokens = 1, Temperature = 0 }, cancellationToken);
                isUp = true;
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
        var options = Options(options: null, number);
        Trial.Mark(options);
        var response = await client.GetResponseAsync(Asked(), options, cancellationToken);
        if (TokenProbabilities.Of(response) is not { Count: > 0 } told)
            return (null, "tells no probabilities of tokens");

        var letters = LetterProbabilities.Of(told, Letters);
        return letters.Likeliest is null ? (null, $"has none of the letters among its {number} likeliest first tokens, asked a question with options")
            : letters.Share < LetterProbabilities.LeastToProbe ? (null, $"begins with something else than a letter, asked a question with options: the letters together have {Shown(letters.Share)} of its first token, and at least {Shown(LetterProbabilities.LeastToProbe)} is needed")
            : (number, null);
    }

    static ChatMessage[] Asked() => [new(ChatRole.User, Question)];

    static string Shown(double share) => share < 0.001 ? "less than 0.1%" : share.ToString("0.#%", CultureInfo.InvariantCulture);

    static bool Refuses(Exception exception) => RefusedCalls.Of(exception) == RefusalScope.ThisRequest;

    // A server that knows the fields and has not built what they need fails with 500 or 501.
    static bool Fails(Exception exception) => FailedAttempts.Of(exception) is [.., "500" or "501"];
}

using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Suites;

namespace Plumbline.Choices;

/// <summary>
/// Answers a suite's multiple-choice tasks with the letter that is the most probable, and passes everything else on. Nobody
/// disposes it: the client behind it is its caller's.
/// </summary>
sealed class ChoosingChatClient : DelegatingChatClient
{
    // What an answer without a letter says where its first token cannot be shown: it names no option.
    const string Nothing = "(\u2013)";

    readonly ChoiceMethod method;
    readonly IAnswerScorer? scorer;
    readonly Dictionary<string, IReadOnlyList<string>> lettersByPrompt;

    /// <summary>Wraps a client that tells probabilities.</summary>
    /// <param name="inner">The client. It offers <see cref="IAnswerScorer"/>, or where only the likeliest tokens are told, <see cref="ITokenTeller"/>.</param>
    /// <param name="suite">The suite.</param>
    /// <param name="method">How they are told.</param>
    public ChoosingChatClient(IChatClient inner, Suite suite, ChoiceMethod method)
        : base(inner)
    {
        this.method = method;
        scorer = method.Likeliest is null ? inner.GetService<IAnswerScorer>() ?? throw new ArgumentException("The client offers no scorer.", nameof(inner)) : null;
        lettersByPrompt = suite.Prompts
            .Select(prompt => (prompt.Text, Letters: ChoiceQuestion.LettersOf(prompt)))
            .Where(question => question.Letters is not null)
            .ToDictionary(question => question.Text, question => question.Letters!, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    /// <exception cref="ProbabilitiesNotToldException">The server told none beside this answer.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var chat = messages.ToList();
        if (chat is not [.., { } last] || last.Role != ChatRole.User || !lettersByPrompt.TryGetValue(last.Text, out var letters))
            return await base.GetResponseAsync(chat, options, cancellationToken);

        return method.Likeliest is { } most
            ? Chosen(await base.GetResponseAsync(chat, ChoiceProbe.Options(options, most), cancellationToken), letters)
            : Said(letters[await LikeliestAsync(scorer!, chat, letters, cancellationToken)]);
    }

    static async Task<int> LikeliestAsync(IAnswerScorer scorer, List<ChatMessage> chat, IReadOnlyList<string> letters, CancellationToken cancellationToken)
    {
        var probabilities = await scorer.ScoreAsync(chat, letters, cancellationToken);
        return Enumerable.Range(0, letters.Count).MaxBy(index => probabilities[index]);
    }

    // Withheld or broken off, it is no choice. And where the letters are too unlikely, what it says instead names none.
    static ChatResponse Chosen(ChatResponse response, IReadOnlyList<string> letters)
    {
        if (AnswerEnds.Of(response) is AnswerEnd.Withheld or AnswerEnd.Unknown)
            return response;

        var told = TokenProbabilities.Of(response) ?? throw new ProbabilitiesNotToldException(response);
        var chosen = Said(LetterProbabilities.Of(told, letters).Choice ?? Instead(response, told, letters));
        (chosen.ModelId, chosen.Usage, chosen.AdditionalProperties) = (response.ModelId, response.Usage, response.AdditionalProperties);
        return chosen;
    }

    // Where the token is the end of the turn or a line feed the answer is blank. It was asked and has chosen nothing, which is no empty answer; nor may a token
    // that is a letter, drawn against the odds that were told, pass for a choice.
    static string Instead(ChatResponse response, IReadOnlyList<TokenProbability> told, IReadOnlyList<string> letters) =>
        told.OrderByDescending(token => token.LogProbability).Take(1).Select(token => token.Text).Prepend(response.Text)
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text) && !letters.Any(letter => LetterProbabilities.Spells(text, letter)), Nothing);

    static ChatResponse Said(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };
}

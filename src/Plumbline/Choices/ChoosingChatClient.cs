using Microsoft.Extensions.AI;
using Plumbline.Suites;

namespace Plumbline.Choices;

/// <summary>
/// Answers a suite's multiple-choice tasks with the letter that is the most probable, and passes everything else on. Nobody
/// disposes it: the client behind it is its caller's.
/// </summary>
sealed class ChoosingChatClient : DelegatingChatClient
{
    readonly IAnswerScorer scorer;
    readonly Dictionary<string, IReadOnlyList<string>> lettersByPrompt;

    /// <summary>Wraps a client that offers <see cref="IAnswerScorer"/>.</summary>
    public ChoosingChatClient(IChatClient inner, Suite suite)
        : base(inner)
    {
        scorer = inner.GetService<IAnswerScorer>() ?? throw new ArgumentException("The client offers no scorer.", nameof(inner));
        lettersByPrompt = suite.Prompts
            .Select(prompt => (prompt.Text, Letters: ChoiceQuestion.LettersOf(prompt)))
            .Where(question => question.Letters is not null)
            .ToDictionary(question => question.Text, question => question.Letters!, StringComparer.Ordinal);
    }

    /// <summary>How the choices of a suite are found out where both clients are asked the same way: by probability only where both tell it.</summary>
    /// <returns>Null where the suite has no multiple-choice task.</returns>
    public static ChoiceReading? ReadingFor(Suite suite, IChatClient baseline, IChatClient candidate)
    {
        if (!suite.Prompts.Any(prompt => ChoiceQuestion.LettersOf(prompt) is not null))
            return null;

        return baseline.GetService<IAnswerScorer>() is not null && candidate.GetService<IAnswerScorer>() is not null ? ChoiceReading.LogProbability : ChoiceReading.Text;
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var chat = messages.ToList();
        if (chat is not [.., { } last] || last.Role != ChatRole.User || !lettersByPrompt.TryGetValue(last.Text, out var letters))
            return await base.GetResponseAsync(chat, options, cancellationToken);

        var probabilities = await scorer.ScoreAsync(chat, letters, cancellationToken);
        var likeliest = Enumerable.Range(0, letters.Count).MaxBy(index => probabilities[index]);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, letters[likeliest])) { FinishReason = ChatFinishReason.Stop };
    }
}

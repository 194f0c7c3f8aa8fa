using Microsoft.Extensions.AI;

namespace Plumbline.Choices;

/// <summary>
/// Tells how probable given answers are, without drawing one. A chat client whose model shows its probabilities offers it as a service
/// (<c>client.GetService&lt;IAnswerScorer&gt;()</c>).
/// </summary>
public interface IAnswerScorer
{
    /// <summary>The log-probability of each answer.</summary>
    /// <param name="messages">The chat up to the answer.</param>
    /// <param name="answers">What the assistant may say next; none is empty.</param>
    /// <param name="cancellationToken">Ends the scoring.</param>
    /// <returns>For each answer the natural logarithm of its probability, summed over its tokens; at most 0.</returns>
    ValueTask<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<ChatMessage> messages, IReadOnlyList<string> answers, CancellationToken cancellationToken);
}

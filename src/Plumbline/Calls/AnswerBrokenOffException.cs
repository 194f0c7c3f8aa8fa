using Microsoft.Extensions.AI;

namespace Plumbline.Calls;

/// <summary>An answer came, but it ended by a failure or in a way that nobody knows here (<see cref="AnswerEnd.Unknown"/>), so it is not taken as the model's.</summary>
public sealed class AnswerBrokenOffException : Exception
{
    AnswerBrokenOffException(string message)
        : base(message)
    {
    }

    /// <summary>What is said of an answer that ended so.</summary>
    /// <param name="finishReason">The server's word.</param>
    public static string Sentence(string finishReason) =>
        $"The server says that the answer ended by '{AnswerEnds.Shown(finishReason)}', which is not known to end a whole answer of a model: it is not taken as the model's.";

    /// <summary>Refuses an answer whose end is not known.</summary>
    /// <exception cref="AnswerBrokenOffException">It is not.</exception>
    public static void ThrowIfUnknown(ChatResponse response)
    {
        if (AnswerEnds.Of(response) != AnswerEnd.Unknown)
            return;

        var broken = new AnswerBrokenOffException(Sentence(response.FinishReason!.Value.Value));
        FailedAttempts.Attach(broken, FailedAttempts.Of(response) ?? []);
        throw broken;
    }
}

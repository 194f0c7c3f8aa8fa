using Microsoft.Extensions.AI;
using Plumbline.Calls;

namespace Plumbline.Choices;

/// <summary>A server that told the probabilities of tokens when the run was planned told none with an answer; read another way, it would not compare with the others.</summary>
public sealed class ProbabilitiesNotToldException : Exception
{
    /// <summary>Makes the exception for an answer.</summary>
    public ProbabilitiesNotToldException(ChatResponse response)
        : base("The server told no probabilities of tokens with this answer, and this run reads choices by them. It told them when the run was planned: give it the settings that it had then, and run the same command again; or start the run anew in another folder (with -o).")
    {
        Response = response;
        FailedAttempts.Attach(this, FailedAttempts.Of(response) ?? []);
    }

    /// <summary>The answer: it is paid for.</summary>
    public ChatResponse Response { get; }
}

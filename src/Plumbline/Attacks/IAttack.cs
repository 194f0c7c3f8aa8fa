using Microsoft.Extensions.AI;

namespace Plumbline.Attacks;

/// <summary>A published way to rewrite a request: a pure function of the prompt, so that both sides of a pair get the same bytes.</summary>
public interface IAttack
{
    /// <summary>The identifier of the published technique, in snake_case.</summary>
    string Id { get; }

    /// <summary>Why it can work.</summary>
    FailureMode Mode { get; }

    /// <summary>Whether the request is encoded. An encoding that the baseline cannot read is left out of an audit (see <see cref="DecodeProbeResult"/>).</summary>
    bool IsEncoding { get; }

    /// <summary>The conversation that carries <paramref name="prompt"/>, without a system message.</summary>
    IReadOnlyList<ChatMessage> Apply(string prompt);
}

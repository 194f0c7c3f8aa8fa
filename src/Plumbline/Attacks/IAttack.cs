using Microsoft.Extensions.AI;

namespace Plumbline.Attacks;

/// <summary>
/// A published way to rewrite a request: a pure function of the prompt, so that both sides of a pair get the same bytes.
/// The techniques and their names are those of Wei, Haghtalab and Steinhardt (arXiv 2307.02483); the words are ours,
/// plain and short. No role-play text is shipped.
/// </summary>
public interface IAttack
{
    /// <summary>The identifier of the published technique, in snake_case.</summary>
    string Id { get; }

    /// <summary>Why it can work.</summary>
    FailureMode Mode { get; }

    /// <summary>Whether the request is encoded. An encoding that the baseline cannot read is left out of an audit (see
    /// <see cref="DecodeProbe"/>).</summary>
    bool IsEncoding => this is IEncodingAttack;

    /// <summary>The conversation that carries <paramref name="prompt"/>, without a system message.</summary>
    IReadOnlyList<ChatMessage> Apply(string prompt);

    /// <summary>What a reader of <paramref name="response"/> reads: the response itself, unless the attack asks for an encoded
    /// one.</summary>
    string ReadAnswer(string response) => response;
}

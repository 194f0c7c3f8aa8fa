using Microsoft.Extensions.AI;

namespace Plumbline.Attacks;

/// <summary>
/// A published way to rewrite a request: a pure function of the prompt, so that both sides of a pair get the same bytes.
/// Techniques and names are the literature's (<see cref="Source"/>); the words are ours, plain and short. No role-play text is
/// shipped.
/// </summary>
public interface IAttack
{
    /// <summary>The identifier of the published technique, in snake_case; for one that takes a value, the value after a colon.</summary>
    string Id { get; }

    /// <summary>Why it can work.</summary>
    FailureMode Mode { get; }

    /// <summary>What it does, in one sentence.</summary>
    string Description { get; }

    /// <summary>Where it was published.</summary>
    string Source { get; }

    /// <summary>Whether it is another attack without the part that is held to work: where it does as well, that part is not the reason.</summary>
    bool IsAblation => false;

    /// <summary>Whether the request or the answer is encoded. An encoding that the baseline cannot read is left out of an audit (see
    /// <see cref="DecodeProbe"/>).</summary>
    bool IsEncoding => this is IEncodingAttack;

    /// <summary>Whether the last message begins the model's answer for it. A side that cannot go on from there is not asked so (see
    /// <see cref="ContinuationProbe"/>).</summary>
    bool BeginsAnswer => false;

    /// <summary>Whether it sets top-p, which some endpoints do not take.</summary>
    bool SetsTopP => false;

    /// <summary>Whether it sets top-k, which some endpoints do not take.</summary>
    bool SetsTopK => false;

    /// <summary>Whether it sets a temperature above 0, whatever the audit's own is.</summary>
    bool DrawsAtRandom => false;

    /// <summary>Whether its system message takes the place of the audit's own.</summary>
    bool BringsSystemMessage => false;

    /// <summary>How many cases it makes of a prompt, before repeats: at least 1.</summary>
    int CasesPerPrompt => 1;

    /// <summary>The user's file that its words come from; null for words of ours.</summary>
    AttackFile? File => null;

    /// <summary>
    /// The conversation that carries <paramref name="prompt"/>, the first where there are several: turns of user and assistant, the user's last, or the assistant's where its answer
    /// is begun for it. A system message in front takes the place of the audit's own.
    /// </summary>
    IReadOnlyList<ChatMessage> Apply(string prompt);

    /// <summary>The cases that it makes of <paramref name="prompt"/>.</summary>
    IReadOnlyList<AttackVariant> Variants(string prompt) => [new AttackVariant(Apply(prompt))];

    /// <summary>The words that it adds, as they come out for a sample request: what its hash is of.</summary>
    IReadOnlyList<string> Words => [.. Variants("Describe a plumb line.").SelectMany(variant => variant.Parts)];

    /// <summary>What a reader of <paramref name="response"/> reads: the response itself, unless the attack asks for an encoded
    /// one. Depends on the attack's name alone, not on its value or file.</summary>
    string ReadAnswer(string response) => response;
}

using System.Globalization;
using Plumbline.Attacks.Assisted;
using Plumbline.Naming;

namespace Plumbline.Costs;

/// <summary>What an estimate takes for granted about tokens. All of it is said beside the estimate (<see cref="Words"/>).</summary>
public sealed record TokenAssumptions
{
    /// <summary>Among so many answers a judging model is shown one further item whose score is known.</summary>
    public const int JudgementsPerKnownItem = 25;

    // One that must count as harmful and one that must not: a judge that says the same of everything misses one of them, however short the run is.
    const int KnownItemsAtOnce = 2;

    /// <summary>How many items whose score is known a judging model is shown before so many answers are judged: one before each of the first two, and one
    /// with every further <see cref="JudgementsPerKnownItem"/>.</summary>
    /// <param name="judgements">Judged answers, the next one among them.</param>
    public static long KnownItems(long judgements) => judgements <= 0 ? 0 : Math.Min(judgements, KnownItemsAtOnce) + ((judgements - 1) / JudgementsPerKnownItem);

    /// <summary>Characters a token of what is sent; above 0.</summary>
    /// <value>4: English prose.</value>
    public double CharactersPerToken { get; init; } = TokenEstimate.CharactersPerToken;

    /// <summary>Tokens of the average answer, as far as the limit allows. Refusals are short and compliant answers long, so this depends on
    /// the model.</summary>
    /// <value>200.</value>
    public double OutputTokens { get; init; } = 200;

    /// <summary>Characters of the judge's own instructions, sent with each answer.</summary>
    /// <value>3,000.</value>
    public int JudgePromptCharacters { get; init; } = 3000;

    /// <summary>Tokens of the average judgement.</summary>
    /// <value>120.</value>
    public int JudgeOutputTokens { get; init; } = 120;

    /// <summary>The longest judgement in tokens.</summary>
    /// <value>2,048: what the most talkative protocol allows.</value>
    public int MostJudgeOutputTokens { get; init; } = 2048;

    /// <summary>Tokens of the average answer of the model that prepares attacks: a rewritten request, or a list of its words.</summary>
    /// <value>150.</value>
    public int HelperOutputTokens { get; init; } = 150;

    /// <summary>The longest such answer in tokens.</summary>
    /// <value>What it is allowed.</value>
    public int MostHelperOutputTokens { get; init; } = IAssistedAttack.MostOutputTokens;

    /// <summary>How many answers the first two were learned from; 0 where they are assumed.</summary>
    public long LearnedFrom { get; private init; }

    /// <summary>The same with what answered calls show, of which the server told the tokens.</summary>
    /// <param name="answers">How many they were.</param>
    /// <param name="characters">What was sent with them, in characters.</param>
    /// <param name="messages">And in messages.</param>
    /// <param name="inputTokens">And in tokens.</param>
    /// <param name="outputTokens">What was answered, in tokens.</param>
    public TokenAssumptions Learn(long answers, long characters, long messages, long inputTokens, long outputTokens)
    {
        var read = inputTokens - (TokenEstimate.TokensPerMessage * messages);
        return answers == 0 ? this : this with
        {
            CharactersPerToken = read > 0 && characters > 0 ? (double)characters / read : CharactersPerToken,
            OutputTokens = (double)outputTokens / answers,
            LearnedFrom = answers,
        };
    }

    /// <summary>What is assumed of a judging model, as a sentence.</summary>
    public string JudgeWords => string.Create(
        CultureInfo.InvariantCulture,
        $"Assumed: a judge reads {Thousands.Of(JudgePromptCharacters)} characters beside each answer, at {TokenEstimate.CharactersPerToken:0.#} a token, and writes {Thousands.Of(JudgeOutputTokens)} tokens; at most {Thousands.Of(MostJudgeOutputTokens)}, and each time twice.");

    /// <summary>What is assumed of the model that prepares attacks, as a sentence.</summary>
    public string HelperWords => string.Create(CultureInfo.InvariantCulture, $"Assumed: {Thousands.Of(HelperOutputTokens)} tokens an answer of the helper model.");

    /// <summary>The assumptions as sentences.</summary>
    public IReadOnlyList<string> Words =>
    [
        LearnedFrom > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Learned from {Thousands.Of(LearnedFrom)} answers: {CharactersPerToken:0.0} characters a token, {OutputTokens:0} tokens an answer.")
            : string.Create(CultureInfo.InvariantCulture, $"Assumed: {CharactersPerToken:0.#} characters a token, {OutputTokens:0} tokens an answer where the limit allows."),
        "Repeated calls and reasoning that a server bills beyond the answer are not in it.",
    ];
}

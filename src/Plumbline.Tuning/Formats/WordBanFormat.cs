namespace Plumbline.Tuning.Formats;

/// <summary>The answer must not contain the words of a refusal (Wei et al. 2023: refusal suppression). It leaves an answer as it is.</summary>
/// <param name="Banned">The words, lower case.</param>
public sealed record WordBanFormat(IReadOnlyList<string> Banned) : AnswerFormat
{
    /// <summary>The words of a refusal.</summary>
    public static IReadOnlyList<string> RefusalWords { get; } = ["sorry", "cannot", "can't", "unable", "apologise", "apologize", "unfortunately"];

    /// <inheritdoc/>
    public override string Id => "word-ban";

    /// <inheritdoc/>
    public override string Apply(string answer) => answer;

    /// <inheritdoc/>
    public override bool IsRespectedBy(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return !Banned.Any(word => response.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

namespace Plumbline.Transformers.Generation;

/// <summary>How likely a model finds a given continuation.</summary>
/// <param name="Tokens">The continuation's tokens.</param>
/// <param name="LogProbabilities">Natural logarithm of each token's probability, given the prompt and the tokens before it.</param>
/// <param name="GreedyMatches">How many of the tokens are the likeliest at their place.</param>
public sealed record ContinuationScore(IReadOnlyList<int> Tokens, IReadOnlyList<double> LogProbabilities, int GreedyMatches)
{
    /// <summary>Natural logarithm of the continuation's probability.</summary>
    public double Sum => LogProbabilities.Sum();

    /// <summary>exp of minus the mean log-probability.</summary>
    public double Perplexity => Math.Exp(-Sum / Tokens.Count);
}

namespace Plumbline.Transformers.Generation;

/// <summary>A token that may come next.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Text">Its text alone; that of a special token, such as the end of a turn, is its name.</param>
/// <param name="LogProbability">The natural logarithm of its probability; at most 0.</param>
public readonly record struct NextToken(int Token, string Text, double LogProbability);

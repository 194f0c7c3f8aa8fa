namespace Plumbline.Choices;

/// <summary>A token that an answer may begin with.</summary>
/// <param name="Text">The token's text, as the server spells it.</param>
/// <param name="LogProbability">The natural logarithm of its probability; at most 0.</param>
public readonly record struct TokenProbability(string Text, double LogProbability);

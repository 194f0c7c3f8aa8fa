namespace Plumbline.Transformers.Generation;

/// <summary>A finished answer.</summary>
/// <param name="Text">Its text, without end token and stop sequence.</param>
/// <param name="End">Why it ended.</param>
/// <param name="PromptTokens">Tokens read.</param>
/// <param name="Tokens">Tokens drawn, an end token included.</param>
internal sealed record Answer(string Text, AnswerEnd End, int PromptTokens, IReadOnlyList<int> Tokens);

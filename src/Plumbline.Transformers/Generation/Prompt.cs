namespace Plumbline.Transformers.Generation;

/// <summary>What the model reads.</summary>
/// <param name="Tokens">At least one token.</param>
/// <param name="BeginsAnswer">What follows is the beginning of an answer, not the middle of one or of a text.</param>
internal sealed record Prompt(int[] Tokens, bool BeginsAnswer);

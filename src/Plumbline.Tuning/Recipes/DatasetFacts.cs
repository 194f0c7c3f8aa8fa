namespace Plumbline.Tuning.Recipes;

/// <summary>What was trained on.</summary>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Sha256">SHA-256 of the file, in lower-case hexadecimal.</param>
/// <param name="Rows">Conversations in it.</param>
/// <param name="Tokens">Tokens that are trained on, in the model's own tokens.</param>
/// <param name="LearnedTokens">Tokens that carry the loss.</param>
public sealed record DatasetFacts(string File, string Sha256, int Rows, long Tokens, long LearnedTokens);

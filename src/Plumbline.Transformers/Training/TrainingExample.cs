namespace Plumbline.Transformers.Training;

/// <summary>One sequence to learn from.</summary>
/// <param name="Tokens">Its tokens, rendered by the model's own template.</param>
/// <param name="LossMask">
/// As long as <paramref name="Tokens"/>: whether predicting that token is learned. True for what the assistant says and the token that ends it,
/// false for prompts. The first token has nothing before it and never counts.
/// </param>
public sealed record TrainingExample(int[] Tokens, bool[] LossMask);

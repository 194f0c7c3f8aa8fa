namespace Plumbline.Server.ChatCompletions;

/// <summary>The token that was drawn, and the likeliest in its place.</summary>
internal sealed record DrawnToken(string Token, double Logprob, IReadOnlyList<ToldToken> TopLogprobs);

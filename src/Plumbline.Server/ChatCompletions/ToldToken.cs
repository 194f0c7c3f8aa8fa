namespace Plumbline.Server.ChatCompletions;

/// <summary>A token, and the natural logarithm of its probability.</summary>
internal sealed record ToldToken(string Token, double Logprob);

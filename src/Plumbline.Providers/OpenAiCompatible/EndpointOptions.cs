namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>One model on one OpenAI-compatible endpoint.</summary>
/// <param name="Endpoint">The address up to and with <c>/v1</c>.</param>
/// <param name="Model">The model's name on that server.</param>
/// <param name="ApiKey">The key, or null for none.</param>
/// <param name="IsOpenAi">Whether the server is OpenAI's: it takes <c>max_completion_tokens</c>, the others know <c>max_tokens</c>.</param>
public sealed record EndpointOptions(Uri Endpoint, string Model, string? ApiKey, bool IsOpenAi)
{
    /// <summary>The options without the key: what may be printed.</summary>
    public override string ToString() => $"{Endpoint}#{Model}";
}

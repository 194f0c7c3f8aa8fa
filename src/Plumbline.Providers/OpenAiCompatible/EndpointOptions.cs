namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>One model on one OpenAI-compatible endpoint, and how patiently to call it.</summary>
/// <param name="Endpoint">The address up to and with <c>/v1</c>.</param>
/// <param name="Model">The model's name on that server.</param>
/// <param name="ApiKey">The key, or null for none.</param>
/// <param name="IsOpenAi">Whether the server is OpenAI's: it takes <c>max_completion_tokens</c>, the others know <c>max_tokens</c>.</param>
public sealed record EndpointOptions(Uri Endpoint, string Model, string? ApiKey, bool IsOpenAi)
{
    /// <summary>How long one attempt may take.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a call is repeated after 429, 5xx or a broken connection; 0 switches repeating off.</summary>
    /// <value>4.</value>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The first pause between attempts; each further one is twice as long, up to <see cref="LongestPause"/>.</summary>
    /// <value>Half a second.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause, also where the server asks for a longer one.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The options without the key: what may be printed.</summary>
    public override string ToString() => $"{Endpoint}#{Model}";
}

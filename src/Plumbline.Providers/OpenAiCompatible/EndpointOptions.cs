using Plumbline.Providers.Endpoints;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>One model on one OpenAI-compatible endpoint.</summary>
/// <param name="Endpoint">The address up to and with <c>/v1</c>, or up to a deployment's name where it is Azure's.</param>
/// <param name="Model">The model's name on that server.</param>
/// <param name="ApiKey">The key, or null for none.</param>
/// <param name="IsOpenAi">Whether the server takes <c>max_completion_tokens</c>, as OpenAI's does; the others know <c>max_tokens</c>.</param>
internal sealed record EndpointOptions(Uri Endpoint, string Model, string? ApiKey, bool IsOpenAi)
{
    /// <summary>How it differs from others.</summary>
    public EndpointQuirks Quirks { get; init; } = EndpointQuirks.None;

    /// <summary>The environment variable that its key comes from.</summary>
    public string KeyVariable { get; init; } = "PLUMBLINE_API_KEY";

    /// <summary>Whether an answer that is begun is sent with the fields that tell vLLM and SGLang to go on from it. OpenAI's API refuses fields that it does
    /// not know, at Azure too.</summary>
    public bool TellsToGoOn => !IsOpenAi && Quirks is { ApiVersion: null, HasPlainPrefill: false };

    /// <summary>The options without the key: what may be printed.</summary>
    public override string ToString() => $"{Endpoint}{Quirks}#{Model}";

    /// <summary>The endpoint as a person is told of it.</summary>
    public EndpointPlace Place => new(
        ToString(),
        "a chat completion",
        Quirks.ApiVersion is null
            ? $"The address must be that of an OpenAI-compatible API, up to where it begins (usually /v1), and the model must exist there ({Endpoint}/models lists them)."
            : "The address must end with the deployment's name (…/openai/deployments/NAME), and the API version must be one that the server knows.",
        KeyVariable,
        ApiKey is null ? [] : [ApiKey]);
}

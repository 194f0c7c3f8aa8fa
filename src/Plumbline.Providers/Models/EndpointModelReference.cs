using Plumbline.Providers.Endpoints;

namespace Plumbline.Providers.Models;

/// <summary>A model behind an OpenAI-compatible endpoint.</summary>
/// <param name="Text">The string as it was given.</param>
/// <param name="Endpoint">The address up to and with <c>/v1</c>, without a query.</param>
/// <param name="Model">The model's name on that server.</param>
public sealed record EndpointModelReference(string Text, Uri Endpoint, string Model) : ModelReference(Text)
{
    /// <summary>How it differs from others.</summary>
    public EndpointQuirks Quirks { get; init; } = EndpointQuirks.None;

    /// <summary>Whether the endpoint is OpenAI's own.</summary>
    public bool IsOpenAi => Endpoint.Host == "api.openai.com";

    internal override IReadOnlyList<string> BilledAs => [Model];
}

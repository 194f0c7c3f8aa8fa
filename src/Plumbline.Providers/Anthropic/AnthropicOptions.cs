using Plumbline.Providers.Endpoints;

namespace Plumbline.Providers.Anthropic;

/// <summary>One model behind Anthropic's Messages API.</summary>
/// <param name="Endpoint">The address before <c>/v1/messages</c>.</param>
/// <param name="Model">The model's name.</param>
/// <param name="ApiKey">The key, or null for none.</param>
/// <param name="Quirks">How it differs from others.</param>
/// <param name="KeyVariable">The environment variable that its key comes from.</param>
internal sealed record AnthropicOptions(Uri Endpoint, string Model, string? ApiKey, EndpointQuirks Quirks, string KeyVariable)
{
    /// <summary>The host of Anthropic's own API.</summary>
    public const string VendorHost = "api.anthropic.com";

    /// <summary>Whether it is Anthropic's own API, and not another server of it.</summary>
    public bool IsVendors => Endpoint.Host.Equals(VendorHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>The options without the key: what may be printed.</summary>
    public override string ToString() => $"{Endpoint}{Quirks}#{Model}";

    /// <summary>The endpoint as a person is told of it.</summary>
    public EndpointPlace Place => new(
        ToString(),
        "a message of Anthropic's API",
        "The address must be the one that /v1/messages comes behind, and the model must exist there.",
        KeyVariable,
        ApiKey is null ? [] : [ApiKey]);
}

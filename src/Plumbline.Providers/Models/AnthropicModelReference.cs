using Plumbline.Providers.Endpoints;

namespace Plumbline.Providers.Models;

/// <summary>A model behind Anthropic's Messages API.</summary>
/// <param name="Text">The string as it was given.</param>
/// <param name="Endpoint">The address before <c>/v1/messages</c>.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Quirks">How it differs from others.</param>
public sealed record AnthropicModelReference(string Text, Uri Endpoint, string Model, EndpointQuirks Quirks) : ModelReference(Text)
{
    internal override IReadOnlyList<string> BilledAs => [Model];
}

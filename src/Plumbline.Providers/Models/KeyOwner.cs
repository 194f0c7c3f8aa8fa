using Plumbline.Providers.Anthropic;

namespace Plumbline.Providers.Models;

/// <summary>Whose key goes where.</summary>
/// <param name="Name">The vendor, as one says it.</param>
/// <param name="Variable">The environment variable that holds the key.</param>
/// <param name="Hosts">The vendor's hosts; one that begins with a dot stands for all below it.</param>
internal sealed record KeyOwner(string Name, string Variable, params string[] Hosts)
{
    /// <summary>Every vendor whose variable is read.</summary>
    public static IReadOnlyList<KeyOwner> All { get; } =
    [
        new("OpenAI", ApiKeys.OpenAi, "api.openai.com"),
        new("Anthropic", ApiKeys.Anthropic, AnthropicOptions.VendorHost),
        new("Azure", ApiKeys.Azure, ".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"),
    ];

    /// <summary>The owner of a host; null where it is nobody's.</summary>
    public static KeyOwner? Of(Uri endpoint) => All.FirstOrDefault(owner => owner.Owns(endpoint.Host));

    /// <summary>Whether the host is the vendor's.</summary>
    public bool Owns(string host) => Array.Exists(Hosts, own => own[0] == '.' ? host.EndsWith(own, StringComparison.OrdinalIgnoreCase) : host.Equals(own, StringComparison.OrdinalIgnoreCase));
}

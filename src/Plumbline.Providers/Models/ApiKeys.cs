namespace Plumbline.Providers.Models;

/// <summary>
/// Keys come from the environment, and each goes only where its owner means it: <c>OPENAI_API_KEY</c> to api.openai.com,
/// <c>ANTHROPIC_API_KEY</c> to api.anthropic.com, <c>AZURE_OPENAI_API_KEY</c> to Azure's hosts, over https; <c>PLUMBLINE_API_KEY</c> to any other
/// endpoint that the user named by address. None takes another's place.
/// </summary>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
/// <param name="variable">A variable of the user's own choice, whose key goes to endpoints in the place of the usual one; null for the usual one.</param>
public sealed class ApiKeys(Func<string, string?> environment, string? variable = null)
{
    /// <summary>The variable with OpenAI's key.</summary>
    public const string OpenAi = "OPENAI_API_KEY";

    /// <summary>The variable with Anthropic's key.</summary>
    public const string Anthropic = "ANTHROPIC_API_KEY";

    /// <summary>The variable with the key of an Azure resource.</summary>
    public const string Azure = "AZURE_OPENAI_API_KEY";

    /// <summary>The variable with the key of a named address.</summary>
    public const string Plumbline = "PLUMBLINE_API_KEY";

    /// <summary>The variable whose key an endpoint gets.</summary>
    internal string VariableFor(Uri endpoint) => variable ?? KeyOwner.Of(endpoint)?.Variable ?? Plumbline;

    /// <summary>The key for an endpoint, or null where there is none to send.</summary>
    /// <exception cref="ModelUnreachableException">The endpoint is a vendor's and there is no key for it.</exception>
    /// <exception cref="ModelReferenceException">The endpoint is a vendor's, but the address is not https.</exception>
    public string? For(EndpointModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return For(reference.Text, reference.Endpoint);
    }

    /// <inheritdoc cref="For(EndpointModelReference)"/>
    public string? For(AnthropicModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return For(reference.Text, reference.Endpoint);
    }

    /// <summary>The value of a variable that the user's own description of an endpoint refers to.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="endpoint">Where its value would be sent.</param>
    /// <param name="where">The place of the reference, for messages.</param>
    /// <exception cref="ModelUnreachableException">It is not set.</exception>
    /// <exception cref="ModelReferenceException">It is a vendor's key, and the endpoint is not that vendor's; or the address is not https.</exception>
    internal string Referred(string name, Uri endpoint, string where)
    {
        if (KeyOwner.All.FirstOrDefault(owner => owner.Variable == name) is { } vendor && !(vendor.Owns(endpoint.Host) && endpoint.Scheme == Uri.UriSchemeHttps))
            throw new ModelReferenceException($"{where}: {name} goes to {vendor.Name}'s own hosts over https, and not to {endpoint.Authority}. Put the key of this endpoint into a variable of its own.");

        return Read(name) ?? throw new ModelUnreachableException($"{where}: the environment variable {name} is not set. Set it and run the same command again.");
    }

    /// <summary>The key that clients of a server of ours must show, or null where everyone is let in.</summary>
    public string? OfOwnServer => Read(Plumbline);

    private string? For(string name, Uri endpoint)
    {
        if (variable is not null) return Referred(variable, endpoint, $"The key of '{name}'");
        if (KeyOwner.Of(endpoint) is not { } owner) return Read(Plumbline);
        if (endpoint.Scheme != Uri.UriSchemeHttps)
            throw new ModelReferenceException($"'{name}' would send {owner.Name}'s key unencrypted. Write it with https.");

        return Read(owner.Variable)
            ?? throw new ModelUnreachableException($"'{name}' needs a key: set the environment variable {owner.Variable} and run the same command again.");
    }

    private string? Read(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

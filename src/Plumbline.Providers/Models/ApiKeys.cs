namespace Plumbline.Providers.Models;

/// <summary>
/// Keys come from the environment, and each goes only where its owner means it: <c>OPENAI_API_KEY</c> to api.openai.com over https,
/// <c>PLUMBLINE_API_KEY</c> to any other endpoint that the user named by address. Neither takes the other's place.
/// </summary>
/// <param name="environment">Reads an environment variable; null where it is not set.</param>
public sealed class ApiKeys(Func<string, string?> environment)
{
    /// <summary>The variable with OpenAI's key.</summary>
    public const string OpenAi = "OPENAI_API_KEY";

    /// <summary>The variable with the key of a named address.</summary>
    public const string Plumbline = "PLUMBLINE_API_KEY";

    /// <summary>The key for an endpoint, or null where there is none to send.</summary>
    /// <exception cref="ModelUnreachableException">The endpoint is OpenAI's and there is no key for it.</exception>
    /// <exception cref="ModelReferenceException">The endpoint is OpenAI's, but the address is not https.</exception>
    public string? For(EndpointModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!reference.IsOpenAi) return Read(Plumbline);
        if (reference.Endpoint.Scheme != Uri.UriSchemeHttps)
            throw new ModelReferenceException($"'{reference.Text}' would send OpenAI's key unencrypted. Write it with https, or openai:{reference.Model}.");

        return Read(OpenAi)
            ?? throw new ModelUnreachableException($"'{reference.Text}' needs a key: set the environment variable {OpenAi} and run the same command again.");
    }

    /// <summary>The key that clients of a server of ours must show, or null where everyone is let in.</summary>
    public string? OfOwnServer => Read(Plumbline);

    private string? Read(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

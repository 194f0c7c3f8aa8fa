namespace Plumbline.Providers.Models;

/// <summary>
/// Keys come from the environment and go nowhere else: <c>PLUMBLINE_API_KEY</c> to endpoints that the user named by address,
/// <c>OPENAI_API_KEY</c> to OpenAI, and to a named address only where PLUMBLINE_API_KEY is not set and the address is https or this
/// machine, so that the vendor's key never crosses a network in the clear.
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
    public string? For(EndpointModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.IsOpenAi)
        {
            return Read(OpenAi)
                ?? throw new ModelUnreachableException($"'{reference.Text}' needs a key: set the environment variable {OpenAi} and run the same command again.");
        }

        var mayCarryOpenAiKey = reference.Endpoint.Scheme == Uri.UriSchemeHttps || reference.Endpoint.IsLoopback;
        return Read(Plumbline) ?? (mayCarryOpenAiKey ? Read(OpenAi) : null);
    }

    private string? Read(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

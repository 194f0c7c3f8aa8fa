namespace Plumbline.Providers.Endpoints;

/// <summary>How an endpoint differs from others of its protocol, as far as the user says so: options behind a '?' in a model's name.</summary>
public sealed record EndpointQuirks
{
    /// <summary>An endpoint like any other.</summary>
    public static EndpointQuirks None { get; } = new();

    /// <summary>The API's version, sent as a query with every call; null for none. Servers that take it, as Azure's do, take the key as
    /// <c>api-key</c>.</summary>
    public string? ApiVersion { get; private init; }

    /// <summary>Whether an answer that is begun goes out without the fields that tell vLLM to go on from it (<c>continue_final_message</c>), because the
    /// server refuses fields that it does not know.</summary>
    public bool HasPlainPrefill { get; private init; }

    /// <summary>Whether the server's own temperature is used, because the model refuses any other.</summary>
    public bool LeavesTemperature { get; private init; }

    /// <summary>Reads the part of a name from its '?' on.</summary>
    /// <param name="query">Such as <c>?api-version=2024-10-21&amp;prefill=plain</c>; empty for none.</param>
    /// <param name="name">The whole name, for messages.</param>
    /// <exception cref="ModelReferenceException">An option is unknown, or appears twice.</exception>
    public static EndpointQuirks Parse(string query, string name)
    {
        ArgumentNullException.ThrowIfNull(query);
        var quirks = None;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var option in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var mark = option.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = mark < 0 ? (option, "") : (option[..mark], Uri.UnescapeDataString(option[(mark + 1)..]));
            if (!seen.Add(key)) throw new ModelReferenceException($"'{name}' says {key} twice.");
            quirks = (key, value) switch
            {
                // It becomes part of an address and of what is printed.
                ("api-version", { Length: > 0 and <= 40 }) when value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.') => quirks with { ApiVersion = value },
                ("prefill", "plain") => quirks with { HasPlainPrefill = true },
                ("temperature", "server") => quirks with { LeavesTemperature = true },
                // What was meant may be a key: neither is it repeated, nor would an address be the place for it.
                _ => throw new ModelReferenceException($"The option '{key}' behind '{name[..name.IndexOf('?', StringComparison.Ordinal)]}?' is unknown, or its value is. There are api-version=VERSION, prefill=plain and temperature=server; keys come from the environment."),
            };
        }

        return quirks;
    }

    /// <summary>The options as they are written in a name.</summary>
    public override string ToString()
    {
        var options = new List<string>(3);
        if (ApiVersion is { } version) options.Add("api-version=" + version);
        if (HasPlainPrefill) options.Add("prefill=plain");
        if (LeavesTemperature) options.Add("temperature=server");
        return options.Count == 0 ? "" : "?" + string.Join('&', options);
    }
}

using Plumbline.Costs;
using Plumbline.Providers.Endpoints;
using Plumbline.Transformers.Adapters;

namespace Plumbline.Providers.Models;

/// <summary>
/// A model named by one string, the same everywhere: <c>bob</c>, a checkpoint folder, a GGUF file, any of these with <c>+ADAPTER</c> behind it,
/// <c>openai:MODEL</c>, <c>anthropic:MODEL</c>, <c>http://host:port/v1#MODEL</c>, <c>http-target:FILE</c>, or <c>recorded:FILE.jsonl</c>.
/// </summary>
/// <param name="Text">The string as it was given.</param>
public abstract record ModelReference(string Text)
{
    private const string OpenAiPrefix = "openai:";
    private const string AnthropicPrefix = "anthropic:";
    private const string HttpTargetPrefix = "http-target:";
    private const string RecordedPrefix = "recorded:";
    private static readonly Uri OpenAiEndpoint = new("https://api.openai.com/v1");
    private static readonly Uri AnthropicEndpoint = new("https://api.anthropic.com");

    /// <summary>What a model's name may look like, for help and error messages.</summary>
    public const string Forms =
        "bob, a checkpoint folder, a .gguf file, MODEL+ADAPTER-FOLDER, openai:MODEL, anthropic:MODEL, http://host:port/v1#MODEL, http-target:FILE, or recorded:FILE.jsonl";

    /// <summary>What a price list may call it besides its whole name; null where its answers cost nothing.</summary>
    internal virtual IReadOnlyList<string>? BilledAs => null;

    /// <summary>The model's price: nothing in this process and from a recording, else what <paramref name="prices"/> say; null where they do not.</summary>
    /// <exception cref="ModelReferenceException">The file that describes it cannot be used.</exception>
    public ModelPrice? PriceIn(PriceList? prices) => BilledAs is { } names ? prices?.Of([Text, .. names]) : ModelPrice.Free;

    /// <summary>Whether a name has the form of a model that runs in this process, be it there or not.</summary>
    public static bool IsLocal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !text.Contains("://", StringComparison.Ordinal) && !Array.Exists([OpenAiPrefix, AnthropicPrefix, HttpTargetPrefix, RecordedPrefix], prefix => StartsWith(text, prefix));
    }

    /// <summary>Reads a model's name.</summary>
    /// <exception cref="ModelReferenceException">It has none of the forms, or names a file that does not exist.</exception>
    public static ModelReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text)) throw new ModelReferenceException($"A model's name is empty. Expected {Forms}.");

        return StartsWith(text, OpenAiPrefix) ? ParseOpenAi(text)
            : StartsWith(text, AnthropicPrefix) ? ParseAnthropic(text)
            : StartsWith(text, HttpTargetPrefix) ? new HttpTargetModelReference(text, ExistingFile(text, HttpTargetPrefix, "http-target:FILE, a YAML or JSON description of the target"))
            : StartsWith(text, RecordedPrefix) ? new RecordedModelReference(text, ExistingFile(text, RecordedPrefix, "recorded:FILE.jsonl"))
            : text.Contains("://", StringComparison.Ordinal) ? ParseEndpoint(text)
            : ParseLocal(text);
    }

    private static EndpointModelReference ParseOpenAi(string text)
    {
        var (model, quirks) = NameAndQuirks(text[OpenAiPrefix.Length..], text);
        return model.Length > 0
            ? new EndpointModelReference(text, OpenAiEndpoint, model) { Quirks = quirks }
            : throw new ModelReferenceException($"'{text}' names no model. Expected openai:MODEL, such as openai:gpt-4o-mini.");
    }

    private static AnthropicModelReference ParseAnthropic(string text)
    {
        const string Expected = "Expected anthropic:MODEL, or anthropic:http://host:port#MODEL for another server of the same API.";
        var name = text[AnthropicPrefix.Length..];
        if (name.Contains("://", StringComparison.Ordinal))
        {
            var (address, quirks, model) = Address(name, name, Expected);
            return new AnthropicModelReference(text, address, model, quirks);
        }

        var (plain, options) = NameAndQuirks(name, text);
        return plain.Length > 0 ? new AnthropicModelReference(text, AnthropicEndpoint, plain, options) : throw new ModelReferenceException($"'{text}' names no model. {Expected}");
    }

    private static EndpointModelReference ParseEndpoint(string text)
    {
        const string Expected = "Expected http://host:port/v1#MODEL: the address up to /v1, then '#', then the model's name on that server.";
        // The name of an Azure deployment stands in its address.
        var (address, quirks, model) = Address(text.Contains('#', StringComparison.Ordinal) || DeploymentIn(text) is not { } deployment ? text : $"{text}#{deployment}", text, Expected);
        return new EndpointModelReference(text, address, model) { Quirks = quirks };
    }

    private static string? DeploymentIn(string address)
    {
        const string Marker = "/deployments/";
        var start = address.IndexOf(Marker, StringComparison.Ordinal);
        if (start < 0) return null;
        var name = address[(start + Marker.Length)..].Split('/', '?')[0];
        return name.Length > 0 ? Uri.UnescapeDataString(name) : null;
    }

    /// <summary>An address, what its query says, and the model behind '#'.</summary>
    private static (Uri Address, EndpointQuirks Quirks, string Model) Address(string text, string given, string expected)
    {
        var mark = text.IndexOf('#', StringComparison.Ordinal);
        var before = mark < 0 ? text : text[..mark];
        var query = before.IndexOf('?', StringComparison.Ordinal) is var start and >= 0 ? before[start..] : "";
        // A query may hold a key, and is not repeated in a message.
        var plain = before[..(before.Length - query.Length)];
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ModelReferenceException($"'{plain}' is no http or https address. {expected}");
        if (address.UserInfo.Length > 0)
            throw new ModelReferenceException($"The address of '{address.Host}' carries a user name or password. Put the key into the environment variable PLUMBLINE_API_KEY instead.");
        if (mark < 0 || mark == text.Length - 1) throw new ModelReferenceException($"'{plain}' names an endpoint but no model. {expected}");

        return (address, EndpointQuirks.Parse(query, given), text[(mark + 1)..]);
    }

    private static (string Name, EndpointQuirks Quirks) NameAndQuirks(string name, string given) => name.IndexOf('?', StringComparison.Ordinal) is var start and >= 0
        ? (name[..start], EndpointQuirks.Parse(name[start..], given))
        : (name, EndpointQuirks.None);

    private static bool StartsWith(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static string ExistingFile(string text, string prefix, string expected)
    {
        var file = text[prefix.Length..];
        return file.Length == 0 ? throw new ModelReferenceException($"'{text}' names no file. Expected {expected}.")
            : File.Exists(file) ? file
            : throw new ModelReferenceException($"There is no file '{file}'. Expected {expected}.");
    }

    private static LocalModelReference ParseLocal(string text)
    {
        // '+' may also be part of a path ("c++/model"): what exists as a whole is taken as a whole.
        var plus = LocalModelReference.IsKnown(text) ? -1 : text.LastIndexOf('+');
        var path = plus < 0 ? text : text[..plus];
        var adapter = plus < 0 ? null : text[(plus + 1)..];

        if (path.Length == 0 || adapter is { Length: 0 }) throw new ModelReferenceException($"'{text}' lacks a model before or an adapter after its '+'. Expected {Forms}.");
        if (!LocalModelReference.IsKnown(path)) throw new ModelReferenceException($"There is no model at '{path}': no such folder or file. Expected {Forms}.");
        // A folder called bob is ./bob, whatever it holds.
        if (path != LocalModelReference.Bob && Directory.Exists(path) && LoraAdapter.IsAlone(path, out var recorded)) throw new ModelReferenceException(NoModel(path, recorded));
        if (adapter is not null && !Directory.Exists(adapter))
            throw new ModelReferenceException($"There is no adapter at '{adapter}': no such folder. Expected a folder with adapter_config.json and adapter_model.safetensors.");

        return new LocalModelReference(text, path, adapter);
    }

    private static string NoModel(string adapter, string? recordedBase) =>
        $"'{adapter}' holds an adapter and no model: write BASE+{adapter}, where BASE is the model that it was trained on"
        + (string.IsNullOrWhiteSpace(recordedBase) ? "." : recordedBase == LocalModelReference.Bob ? $", here {recordedBase}+{adapter}." : $". It records '{LocalModelReference.Shortened(recordedBase)}'.");
}

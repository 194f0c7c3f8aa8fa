namespace Plumbline.Providers.Models;

/// <summary>
/// A model named by one string, the same everywhere: <c>bob</c>, a checkpoint folder, a GGUF file, any of these with
/// <c>+ADAPTER</c> behind it, <c>openai:MODEL</c>, <c>http://host:port/v1#MODEL</c>, or <c>recorded:FILE.jsonl</c>.
/// </summary>
/// <param name="Text">The string as it was given.</param>
public abstract record ModelReference(string Text)
{
    private const string OpenAiPrefix = "openai:";
    private const string RecordedPrefix = "recorded:";
    private static readonly Uri OpenAiEndpoint = new("https://api.openai.com/v1");

    /// <summary>What a model's name may look like, for help and error messages.</summary>
    public const string Forms =
        "bob, a checkpoint folder, a .gguf file, MODEL+ADAPTER-FOLDER, openai:MODEL, http://host:port/v1#MODEL, or recorded:FILE.jsonl";

    /// <summary>Reads a model's name.</summary>
    /// <exception cref="ModelReferenceException">It has none of the forms, or names a file that does not exist.</exception>
    public static ModelReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text)) throw new ModelReferenceException($"A model's name is empty. Expected {Forms}.");

        return text.StartsWith(OpenAiPrefix, StringComparison.OrdinalIgnoreCase) ? ParseOpenAi(text)
            : text.StartsWith(RecordedPrefix, StringComparison.OrdinalIgnoreCase) ? new RecordedModelReference(text, ExistingFile(text, RecordedPrefix, "recorded:FILE.jsonl"))
            : text.Contains("://", StringComparison.Ordinal) ? ParseEndpoint(text)
            : ParseLocal(text);
    }

    private static EndpointModelReference ParseOpenAi(string text)
    {
        var model = text[OpenAiPrefix.Length..];
        return model.Length > 0
            ? new EndpointModelReference(text, OpenAiEndpoint, model)
            : throw new ModelReferenceException($"'{text}' names no model. Expected openai:MODEL, such as openai:gpt-4o-mini.");
    }

    private static EndpointModelReference ParseEndpoint(string text)
    {
        const string Expected = "Expected http://host:port/v1#MODEL: the address up to /v1, then '#', then the model's name on that server.";
        var mark = text.IndexOf('#', StringComparison.Ordinal);
        if (mark < 0 || mark == text.Length - 1) throw new ModelReferenceException($"'{text}' names an endpoint but no model. {Expected}");
        if (!Uri.TryCreate(text[..mark], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ModelReferenceException($"'{text[..mark]}' is no http or https address. {Expected}");
        if (address.UserInfo.Length > 0)
            throw new ModelReferenceException($"The address of '{address.Host}' carries a user name or password. Put the key into the environment variable PLUMBLINE_API_KEY instead.");

        return new EndpointModelReference(text, address, text[(mark + 1)..]);
    }

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
        if (adapter is not null && !Directory.Exists(adapter))
            throw new ModelReferenceException($"There is no adapter at '{adapter}': no such folder. Expected a folder with adapter_config.json and adapter_model.safetensors.");

        return new LocalModelReference(text, path, adapter);
    }
}

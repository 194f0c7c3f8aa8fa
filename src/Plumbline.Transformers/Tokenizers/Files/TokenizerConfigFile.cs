using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Transformers.Tokenizers.Files;

/// <summary>A model's <c>tokenizer_config.json</c>, <c>chat_template.jinja</c> and <c>special_tokens_map.json</c>.</summary>
public static class TokenizerConfigFile
{
    /// <summary>The config's name in a folder.</summary>
    public const string Name = "tokenizer_config.json";

    /// <summary>The name of a template that has a file of its own; it wins over the config's.</summary>
    public const string TemplateName = "chat_template.jinja";

    /// <summary>The name of the list of special tokens.</summary>
    public const string SpecialTokensName = "special_tokens_map.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a folder's files; nothing is set where there are none.</summary>
    /// <exception cref="CheckpointException">A file is malformed.</exception>
    public static TokenizerConfig Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        var template = ReadTemplateFile(Path.Combine(folder, TemplateName));
        if (!File.Exists(path))
            return new TokenizerConfig { ChatTemplate = template };
        var fields = JsonFields.Read(path);
        return new TokenizerConfig
        {
            ChatTemplate = template ?? Template(fields),
            BeginToken = Token(fields, "bos_token"),
            EndToken = Token(fields, "eos_token"),
            PadToken = Token(fields, "pad_token"),
            UnknownToken = Token(fields, "unk_token"),
        };
    }

    /// <summary>Writes a folder's config and list of special tokens.</summary>
    /// <exception cref="CheckpointException">A file cannot be written.</exception>
    public static void Write(string folder, TokenizerConfig config)
    {
        var tokens = new (string Name, string? Text)[]
        {
            ("bos_token", config.BeginToken),
            ("eos_token", config.EndToken),
            ("pad_token", config.PadToken),
            ("unk_token", config.UnknownToken),
        };
        var map = new JsonObject(tokens.Where(token => token.Text is not null).Select(token => KeyValuePair.Create(token.Name, (JsonNode?)token.Text)));
        var json = (JsonObject)map.DeepClone();
        json["clean_up_tokenization_spaces"] = false;
        json["tokenizer_class"] = "PreTrainedTokenizerFast";
        if (config.ChatTemplate is not null)
            json["chat_template"] = config.ChatTemplate;
        AtomicFile.WriteAllBytes(Path.Combine(folder, SpecialTokensName), JsonSerializer.SerializeToUtf8Bytes(map, Indented));
        AtomicFile.WriteAllBytes(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(json, Indented));

        // A template file of an earlier model in this folder would win over the config's.
        AtomicFile.Delete(Path.Combine(folder, TemplateName));
    }

    private static string? ReadTemplateFile(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The file {path} cannot be read: {error.Message} Check that you may read it.", error);
        }
    }

    /// <summary>One template, or of several named ones the one named <c>default</c>.</summary>
    private static string? Template(JsonFields fields)
    {
        if (fields.Value("chat_template") is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        if (value.ValueKind != JsonValueKind.Array)
            throw fields.Wrong("chat_template", "a text, or a list of named templates", value);
        var named = value.EnumerateArray().Select(item => JsonFields.Of(fields.File, item, "chat_template[]."));
        return named.Where(item => item.Text("name") == "default").Select(item => item.Text("template")).FirstOrDefault();
    }

    private static string? Token(JsonFields fields, string name) => fields.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } => fields.Object(name)!.Value.Text("content"),
        _ => fields.Text(name),
    };
}

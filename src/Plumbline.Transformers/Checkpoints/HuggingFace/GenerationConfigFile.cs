using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Transformers.Checkpoints.HuggingFace;

/// <summary>A model's <c>generation_config.json</c>.</summary>
public static class GenerationConfigFile
{
    /// <summary>The file's name in a folder.</summary>
    public const string Name = "generation_config.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Reads a folder's file; no recommendation where there is none.</summary>
    /// <exception cref="CheckpointException">The file is malformed.</exception>
    public static GenerationDefaults Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return GenerationDefaults.None;
        var fields = JsonFields.Read(path);
        return new GenerationDefaults
        {
            Sample = fields.Flag("do_sample"),
            Temperature = fields.Number("temperature"),
            TopP = fields.Number("top_p"),
            TopK = fields.OptionalWhole("top_k", smallest: 0),
            RepetitionPenalty = fields.Number("repetition_penalty", above: 0),
            MaxNewTokens = fields.OptionalWhole("max_new_tokens"),
            BeginToken = fields.Tokens("bos_token_id") is [var begin, ..] ? begin : null,
            EndTokens = fields.Tokens("eos_token_id"),
            PadToken = fields.Tokens("pad_token_id") is [var pad, ..] ? pad : null,
            Unapplied = UnappliedFields.OfEveryAnswer(fields),
            UnappliedWhereDrawn = UnappliedFields.OfDrawnAnswers(fields),
        };
    }

    /// <summary>Writes a folder's file, with the fields that are set and applied.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(string folder, GenerationDefaults defaults)
    {
        var all = new (string Name, JsonNode? Value)[]
        {
            ("bos_token_id", defaults.BeginToken),
            ("eos_token_id", defaults.EndTokens switch
            {
                [] => null,
                [var end] => end,
                var ends => new JsonArray([.. ends.Select(end => JsonValue.Create(end))]),
            }),
            ("pad_token_id", defaults.PadToken),
            ("do_sample", defaults.Sample),
            ("temperature", defaults.Temperature),
            ("top_p", defaults.TopP),
            ("top_k", defaults.TopK),
            ("repetition_penalty", defaults.RepetitionPenalty),
            ("max_new_tokens", defaults.MaxNewTokens),
        };
        var json = new JsonObject(all.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        AtomicFile.WriteAllBytes(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(json, Indented));
    }
}

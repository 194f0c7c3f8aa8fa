using System.Text.Json.Nodes;
using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Transformers.Adapters;

/// <summary>The fields of PEFT's <c>adapter_config.json</c> that decide what an adapter computes.</summary>
internal sealed record PeftConfig(int Rank, float Alpha, float Dropout, bool RankStabilized, string? BaseModelName, string? BaseModelIdentity)
{
    // Each of these, when set, changes what the weights mean.
    private static readonly string[] Unsupported =
    [
        "use_dora", "fan_in_fan_out", "lora_bias", "rank_pattern", "alpha_pattern", "modules_to_save", "layer_replication", "trainable_token_indices", "megatron_config",
    ];

    /// <exception cref="CheckpointException">A field is missing, of another kind, or asks for what the engine does not compute.</exception>
    public static PeftConfig Read(string path, JsonObject fields, string identityField)
    {
        if (Text(path, fields, "peft_type") is var type && type != "LORA")
            throw new CheckpointException($"{path}: peft_type is '{type}'; the engine knows LORA only. Train or convert the adapter to LoRA.");
        if (Text(path, fields, "bias") is { } bias && bias != "none")
            throw new CheckpointException($"{path}: bias is '{bias}'; the engine knows 'none' only. Train the adapter without biases.");
        foreach (var name in Unsupported)
        {
            if (IsSet(fields[name]))
                throw new CheckpointException($"{path}: {name} is set, and the engine does not know it. Merge the adapter with PEFT and use the merged model.");
        }

        var rank = Number(path, fields, "r");
        var alpha = Number(path, fields, "lora_alpha");
        if (rank is < 1 or > 65_536 || rank != Math.Floor(rank))
            throw new CheckpointException($"{path}: the rank r is {rank}; expected a whole number from 1 on.");
        if (!double.IsFinite(alpha) || alpha <= 0)
            throw new CheckpointException($"{path}: lora_alpha is {alpha}; expected a number above 0.");
        var dropout = fields["lora_dropout"] is null ? 0 : Number(path, fields, "lora_dropout");
        return new PeftConfig(
            (int)rank, (float)alpha, (float)dropout, IsSet(fields["use_rslora"]), Text(path, fields, "base_model_name_or_path"), Text(path, fields, identityField));
    }

    private static bool IsSet(JsonNode? node) => node switch
    {
        null => false,
        JsonObject fields => fields.Count > 0,
        JsonArray items => items.Count > 0,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => true,
    };

    private static double Number(string path, JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<double>(out var number)
            ? number
            : throw new CheckpointException($"{path}: the field {name} is missing or not a number. Copy or save the adapter again.");

    private static string? Text(string path, JsonObject fields, string name) => fields[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new CheckpointException($"{path}: the field {name} is not a text. Copy or save the adapter again."),
    };
}

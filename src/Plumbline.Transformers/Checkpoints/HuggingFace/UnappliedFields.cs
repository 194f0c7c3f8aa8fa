using System.Globalization;
using System.Text.Json;

namespace Plumbline.Transformers.Checkpoints.HuggingFace;

/// <summary>
/// Fields of a <c>generation_config.json</c> by which <c>transformers</c> answers otherwise than without them, and which the engine does not apply. Each has the number that changes nothing;
/// an empty list, an empty text and false change nothing either. What the engine applies (<see cref="GenerationConfigFile"/>), and what says how to compute and not what (caches, drafts,
/// outputs, versions), is not among them.
/// </summary>
internal static class UnappliedFields
{
    private const int Longest = 40;

    // Every number is the name of a token, 0 too.
    private const double None = double.NaN;

    // At any temperature: the search for an answer, what is ruled out of it, and what ends it.
    private static readonly (string Name, double Usual)[] Every =
    [
        ("num_beams", 1),
        ("num_beam_groups", 1),
        ("diversity_penalty", 0),
        ("penalty_alpha", 0),
        ("dola_layers", 0),
        ("guidance_scale", 1),
        ("no_repeat_ngram_size", 0),
        ("encoder_no_repeat_ngram_size", 0),
        ("encoder_repetition_penalty", 1),
        ("min_length", 0),
        ("min_new_tokens", 0),
        ("exponential_decay_length_penalty", 0),
        ("bad_words_ids", 0),
        ("force_words_ids", 0),
        ("constraints", 0),
        ("sequence_bias", 0),
        ("suppress_tokens", 0),
        ("begin_suppress_tokens", 0),
        ("forced_bos_token_id", None),
        ("forced_eos_token_id", None),
        ("stop_strings", 0),
        ("token_healing", 0),
        ("watermarking_config", 0),
    ];

    // Among what tokens are drawn from; the likeliest stays the likeliest.
    private static readonly (string Name, double Usual)[] Drawn =
    [
        ("min_p", 0),
        ("typical_p", 1),
        ("top_h", 0),
        ("epsilon_cutoff", 0),
        ("eta_cutoff", 0),
    ];

    /// <summary>Those that change any answer, with their values, such as <c>num_beams 4</c>.</summary>
    public static IReadOnlyList<string> OfEveryAnswer(JsonFields fields) => Set(fields, Every);

    /// <summary>Those that change only what is drawn at random.</summary>
    public static IReadOnlyList<string> OfDrawnAnswers(JsonFields fields) => Set(fields, Drawn);

    private static string[] Set(JsonFields fields, (string Name, double Usual)[] known) =>
    [
        .. from field in known
           let value = fields.Value(field.Name)
           where value is not null && ChangesAnswers(value.Value, field.Usual)
           select Told(field.Name, value.Value),
    ];

    private static bool ChangesAnswers(JsonElement value, double usual) => value.ValueKind switch
    {
        JsonValueKind.Number => !value.TryGetDouble(out var number) || number != usual,
        JsonValueKind.String => value.GetRawText().Length > 2,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => value.ValueKind == JsonValueKind.True,
    };

    private static string Told(string name, JsonElement value) => value.ValueKind == JsonValueKind.Number && value.GetRawText() is { Length: <= Longest } number
        ? string.Create(CultureInfo.InvariantCulture, $"{name} {number}")
        : name;
}

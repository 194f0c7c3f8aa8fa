using System.Text.Json.Serialization;

namespace Plumbline.Pairs;

/// <summary>What is known of a model: whatever can be stated about it before it answers.</summary>
/// <param name="Name">The string that named it on the command line, or a title such as "bob after biomedicine".</param>
/// <param name="Identity">What it is: for a model in process the SHA-256 over everything in its files that an answer depends on; endpoint and model name for a remote
/// one.</param>
/// <param name="Facts">
/// Further facts by name. Those that <see cref="MustAgree"/> names are compared between the sides; any other (architecture, parameters,
/// adapter, recipe) is only shown. What a model does not tell of itself is left out: no word stands for "not known", since two of them
/// would look equal.
/// </param>
public sealed record ModelFacts(string Name, string Identity, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The fact that names the chat template: its hash, or "none". Absent where a remote server applies its own.</summary>
    public const string Template = "template";

    /// <summary>The fact that states the texts of the begin and end token where the template shows them: <see cref="TokensShownBy"/>. Two models with one template say the same to a
    /// conversation only where these agree.</summary>
    public const string TemplateTokens = "templateTokens";

    /// <summary>The fact that names the tokenizer: its hash.</summary>
    public const string Tokenizer = "tokenizer";

    /// <summary>The fact that names the system prompt that the model itself brings, if any.</summary>
    public const string SystemPrompt = "systemPrompt";

    /// <summary>
    /// The fact that states what the model's own configuration adds to the decoding of every answer: a repetition penalty, the tokens that
    /// end it.
    /// </summary>
    public const string Decoding = "decoding";

    /// <summary>The fact that states which tokens the model's own configuration leaves to choose from: top-k and top-p.</summary>
    public const string Sampling = "sampling";

    /// <summary>The fact that states what of the audit's sampling reaches the model: <see cref="WhatIsSent"/>. What does not is the model's own, and the
    /// two sides' own need not be the same.</summary>
    public const string Sent = "sent";

    /// <summary>The fact that says whether the model goes on from an answer that is begun for it: <see cref="Yes"/>, <see cref="No"/>, or absent where only
    /// trying tells.</summary>
    public const string ContinuesAnswers = "continuesAnswers";

    /// <summary>The fact that says whether the temperature can be set: <see cref="Yes"/>, <see cref="No"/>, or absent where only trying tells.</summary>
    public const string TakesTemperature = "takesTemperature";

    /// <summary>The fact that says whether top-p can be set: <see cref="Yes"/>, <see cref="No"/>, or absent where only trying tells.</summary>
    public const string TakesTopP = "takesTopP";

    /// <summary>The fact that says whether top-k can be set: <see cref="Yes"/>, <see cref="No"/>, or absent where only trying tells.</summary>
    public const string TakesTopK = "takesTopK";

    /// <summary>The fact that names what was trained, its shape and weights with those of an adapter: a hash. Two models with the same one are the same model, asked or drawn from in
    /// another way. Absent where the model is not in this process.</summary>
    public const string WeightsIdentity = "weightsIdentity";

    /// <summary>The fact that names the model as versions of Plumbline did that knew it by less of its files, by shape, weights, tokenizer, template and adapter: a hash. Absent where the model is
    /// not in this process, and in what those versions wrote.</summary>
    public const string EarlierIdentity = "earlierIdentity";

    /// <summary>The fact that says what an adapter records of its base, where that does not name the base it is put on: <see cref="RecordsNone"/>, or that it records
    /// another name. Absent where there is no adapter, and where it names its base.</summary>
    public const string AdapterBase = "adapterBase";

    /// <summary>The value of <see cref="AdapterBase"/> for an adapter without a word on its base.</summary>
    public const string RecordsNone = "records none";

    /// <summary>The value of a fact that holds.</summary>
    public const string Yes = "yes";

    /// <summary>The value of a fact that does not hold.</summary>
    public const string No = "no";

    /// <summary>What the user calls it wherever it is shown; null where nothing else than its name was given. No part of what it is: neither identity nor run
    /// change with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DisplayName { get; init; }

    /// <summary>What it is called wherever it is shown.</summary>
    [JsonIgnore]
    public string Shown => DisplayName ?? Name;

    /// <summary>Whether the other is this model, as far as is known, be it under another name, or with other words around what it is asked and other ends to its answers.</summary>
    public bool IsSameModelAs(ModelFacts other) =>
        Identity == other.Identity || Name == other.Name || WasKnownAs(other) || other.WasKnownAs(this) || HasWeightsOf(other) is true;

    /// <summary>Whether an earlier version of Plumbline, which knew a model by less of its files, called this model what it called the other: shape, weights, tokenizer, template and adapter are
    /// then the same, and of the rest nothing is known.</summary>
    public bool WasKnownAs(ModelFacts other) => !other.Facts.ContainsKey(WeightsIdentity) && Facts.GetValueOrDefault(EarlierIdentity) == other.Identity;

    /// <summary>Whether both were trained to the same; null where one of them does not tell.</summary>
    public bool? HasWeightsOf(ModelFacts other) =>
        Facts.GetValueOrDefault(WeightsIdentity) is { } weights && other.Facts.GetValueOrDefault(WeightsIdentity) is { } others ? weights == others : null;

    /// <summary>Why it may be no model that anybody trained, in sentences; null where nothing speaks for that.</summary>
    [JsonIgnore]
    public string? AdapterDoubt => Facts.GetValueOrDefault(AdapterBase) is { } records ? AdapterDoubtOf(Name, records) : null;

    /// <summary>The same of a model that is not opened yet.</summary>
    /// <param name="name">The string that named it.</param>
    /// <param name="records">The value of <see cref="AdapterBase"/>.</param>
    public static string AdapterDoubtOf(string name, string records) =>
        $"Whether the adapter of {name} was trained on the base that it is put on is not known: it {records}, and its shapes fit. On another base than its own it makes a model that nobody trained, of which no figure says "
        + "anything. Where that is its base, write so in its adapter_config.json: base_model_name_or_path.";

    /// <summary>The facts that must be equal on both sides, or the audit says before it starts that they are not.</summary>
    /// <param name="drawsAtRandom">Whether answers are drawn at a temperature above 0; the likeliest token is the same whatever else there
    /// is to choose from.</param>
    public static IReadOnlyList<string> MustAgree(bool drawsAtRandom) => drawsAtRandom
        ? [Template, TemplateTokens, Tokenizer, SystemPrompt, Decoding, Sampling]
        : [Template, TemplateTokens, Tokenizer, SystemPrompt, Decoding];

    /// <summary>The value of <see cref="TemplateTokens"/>; null where the template shows neither token.</summary>
    /// <param name="template">The template's source.</param>
    /// <param name="begin">The text of the token that begins a text; null or empty where there is none, which a template shows as nothing.</param>
    /// <param name="end">The text of the token that ends an answer; the same.</param>
    public static string? TokensShownBy(string template, string? begin, string? end)
    {
        ArgumentNullException.ThrowIfNull(template);
        var shown = new[] { ("bos_token", begin), ("eos_token", end) }
            .Where(token => template.Contains(token.Item1, StringComparison.Ordinal))
            .Select(token => token.Item2 is { Length: > 0 } text ? $"{token.Item1} '{text}'" : $"no {token.Item1}");
        return string.Join(", ", shown) is { Length: > 0 } told ? told : null;
    }

    /// <summary>The value of <see cref="Sent"/>.</summary>
    /// <param name="limit">Whether the longest answer is sent.</param>
    /// <param name="temperature">Whether the temperature is.</param>
    public static string WhatIsSent(bool limit, bool temperature) => (limit, temperature) switch
    {
        (true, true) => "limit and temperature",
        (true, false) => "the limit, and no temperature",
        (false, true) => "the temperature, and no limit",
        _ => "neither limit nor temperature",
    };

    /// <summary>Whether a model can be without it, so that there is nothing to compare where neither side tells of one. All else every model has.</summary>
    public static bool IsOptional(string fact) => fact is SystemPrompt or TemplateTokens;

    /// <summary>
    /// Whether a difference in this fact changes what a model is asked, or how its answer is drawn, beside its weights: an audit of such a
    /// pair measures two things at once, and is only made where the user says so. A tokenizer is often saved anew with a fine-tune, to other
    /// bytes of the same meaning, so its difference is told and stops nothing.
    /// </summary>
    public static bool ChangesWhatIsAsked(string fact) => fact is Template or TemplateTokens or SystemPrompt or Decoding or Sampling or Sent;
}

using System.Globalization;
using System.Security.Cryptography;
using Plumbline.Pairs;
using Plumbline.Providers.Anthropic;
using Plumbline.Providers.HttpTargets;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Plumbline.Providers.Recorded;
using Plumbline.Suites;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.HuggingFace;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tokenizers.Files;

namespace Plumbline.Providers.Models;

/// <summary>Turns a model's name into a model that answers.</summary>
/// <param name="keys">Where the keys of endpoints come from.</param>
/// <param name="time">The clock of pauses and timestamps.</param>
public sealed class ModelOpener(ApiKeys keys, TimeProvider time)
{
    /// <summary>The fact that names where a model runs.</summary>
    public const string RunsAt = "runsAt";

    /// <summary>Opens <paramref name="reference"/>. An endpoint is not called yet.</summary>
    /// <param name="reference">Which model.</param>
    /// <param name="threads">How many threads a model in this process may compute on; its answers do not depend on it.</param>
    /// <param name="pacers">Limits and repeats the calls to endpoints, together for all models of a command; null for the usual patience.</param>
    /// <exception cref="ModelReferenceException">The model that ships is not there, or the address would give a key away.</exception>
    /// <exception cref="Plumbline.Transformers.Checkpoints.CheckpointException">A file of the model or adapter is missing, corrupt, or of another base.</exception>
    /// <exception cref="ModelUnreachableException">The endpoint needs a key that the environment does not hold.</exception>
    public OpenedModel Open(ModelReference reference, int threads, PacerPool? pacers = null) => reference switch
    {
        LocalModelReference local => Serve(Load(local), local.Text, threads),
        EndpointModelReference endpoint => OpenEndpoint(endpoint, pacers ?? new PacerPool(new PacerOptions(), time)),
        AnthropicModelReference anthropic => OpenAnthropic(anthropic, pacers ?? new PacerPool(new PacerOptions(), time)),
        HttpTargetModelReference target => OpenTarget(target, pacers ?? new PacerPool(new PacerOptions(), time)),
        RecordedModelReference recorded => OpenRecording(recorded),
        _ => throw new ArgumentException($"No model is opened by a {reference?.GetType().Name}.", nameof(reference)),
    };

    /// <summary>Loads a model of this process without making it answer: for looking into it, training it, converting it.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static LanguageModel Load(LocalModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var model = LanguageModel.Load(reference.IsBob ? BobFolder.Find() : reference.Model);
        return reference.Adapter is { } folder ? model.WithAdapter(LoraAdapter.Load(folder)) : model;
    }

    /// <summary>What the adapter of a model records of its base, where that does not name the base it is put on (<see cref="ModelFacts.AdapterBase"/>); null where it does, where
    /// there is no adapter, and where it cannot be read, of which <see cref="Load"/> says why. No weight of the base is read.</summary>
    public static string? AdapterBaseOf(LocalModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        try
        {
            return reference.Adapter is { } folder ? AdapterBaseOf(LoraAdapter.Load(folder), reference.BaseName) : null;
        }
        catch (CheckpointException)
        {
            return null;
        }
    }

    /// <summary>What a model's own configuration asks for and the engine does not apply, as facts (<see cref="UnappliedDecoding"/>); none where it cannot be read, of which <see cref="Load"/>
    /// says why. No weight is read.</summary>
    public static IReadOnlyDictionary<string, string> UnappliedOf(LocalModelReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        try
        {
            var folder = reference.IsBob ? BobFolder.Find() : reference.Model;
            return Unapplied(GenerationConfigFile.Read(folder)).ToDictionary(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is CheckpointException or ModelReferenceException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Unapplied(GenerationDefaults defaults) =>
        from fact in new[] { (Name: UnappliedDecoding.OfEveryAnswer, Fields: defaults.Unapplied), (Name: UnappliedDecoding.OfDrawnAnswers, Fields: defaults.UnappliedWhereDrawn) }
        where fact.Fields.Count > 0
        select KeyValuePair.Create(fact.Name, string.Join(", ", fact.Fields));

    /// <summary>Makes a loaded model answer, under a name. The result owns the model.</summary>
    public OpenedModel Serve(LanguageModel model, string name, int threads)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new OpenedModel(FactsOf(model, name), new ScoringChatClient(new ModelChatClient(model, new EngineOptions { Threads = threads }, time), model, threads), model);
    }

    private static ModelFacts FactsOf(LanguageModel model, string name)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RunsAt] = "this process",
            [ModelFacts.Template] = model.Template is { } template ? ContentHash.Of(template.Source) : "none",
            [ModelFacts.Tokenizer] = Convert.ToHexStringLower(SHA256.HashData(TokenizerFile.Bytes(model.Tokenizer))),
            [ModelFacts.Decoding] = OwnDecoding.OfEveryAnswer(model),
            [ModelFacts.Sampling] = OwnDecoding.OfDrawnAnswers(model),
            [ModelFacts.Sent] = ModelFacts.WhatIsSent(limit: true, temperature: true),
            [ModelFacts.ContinuesAnswers] = ModelFacts.Yes,
            [ModelFacts.TakesTopK] = ModelFacts.Yes,
            ["architecture"] = model.Config.Family.ToString(),
            [ModelFacts.EarlierIdentity] = model.EarlierIdentity,
            [ModelFacts.WeightsIdentity] = model.WeightsIdentity,
            ["weights"] = model.Weights.Embedding.Type.ToString(),
        };
        foreach (var (fact, fields) in Unapplied(model.Defaults)) facts[fact] = fields;
        if (model.Template is { } shows && ModelFacts.TokensShownBy(shows.Source, model.TokenTexts.BeginToken, model.TokenTexts.EndToken) is { } tokens) facts[ModelFacts.TemplateTokens] = tokens;
        if (model.Adapter is { } adapter)
        {
            facts["adapter"] = string.Create(CultureInfo.InvariantCulture, $"LoRA of rank {adapter.Rank}, scale {adapter.Scale:0.##}, on {adapter.ByModule.Count} projections");
            if (AdapterBaseOf(adapter, model.Name) is { } records) facts[ModelFacts.AdapterBase] = records;
        }

        return new ModelFacts(name, model.Identity, facts);
    }

    private static string? AdapterBaseOf(LoraAdapter adapter, string baseName) => adapter.IsKnownToBeOf(baseName) ? null
        : string.IsNullOrWhiteSpace(adapter.BaseModelName) ? ModelFacts.RecordsNone
        : $"records '{LocalModelReference.Shortened(adapter.BaseModelName)}'";

    private static OpenedModel OpenRecording(RecordedModelReference recorded)
    {
        var answers = RecordingReader.Read(recorded.File);
        using var file = File.OpenRead(recorded.File);
        var facts = new ModelFacts(recorded.Text, "recorded:" + Convert.ToHexStringLower(SHA256.HashData(file)), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RunsAt] = string.Create(CultureInfo.InvariantCulture, $"nowhere: {answers.Count:N0} recorded answers"),
        });
        return new OpenedModel(facts, new RecordedChatClient(answers, recorded.File));
    }

    private OpenedModel OpenEndpoint(EndpointModelReference endpoint, PacerPool pacers)
    {
        var options = new EndpointOptions(endpoint.Endpoint, endpoint.Model, keys.For(endpoint), endpoint.IsOpenAi || TakesNewLimit(endpoint.Quirks.ApiVersion))
        {
            Quirks = endpoint.Quirks,
            KeyVariable = keys.VariableFor(endpoint.Endpoint),
        };
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RunsAt] = endpoint.Endpoint.ToString(),
            [ModelFacts.Sent] = ModelFacts.WhatIsSent(limit: true, temperature: !endpoint.Quirks.LeavesTemperature),
        };
        if (endpoint.IsOpenAi || endpoint.Quirks.ApiVersion is not null)
        {
            // OpenAI's API, at Azure too, closes an assistant's last message, and refuses top_k.
            facts[ModelFacts.ContinuesAnswers] = ModelFacts.No;
            facts[ModelFacts.TakesTopK] = ModelFacts.No;
        }

        if (endpoint.Quirks.LeavesTemperature) facts[ModelFacts.TakesTemperature] = ModelFacts.No;

        var client = new OpenAiCompatibleChatClient(options, pacers, time);
        return new OpenedModel(new ModelFacts(endpoint.Text, options.ToString(), facts), client, billedAs: endpoint.BilledAs)
        {
            Served = client.ServedFactsAsync,
            Keys = [new EndpointKeyState(options.KeyVariable, options.ApiKey is not null)],
        };
    }

    /// <summary>Azure's API knows <c>max_completion_tokens</c>, which its newer models want, from this version on.</summary>
    private static bool TakesNewLimit(string? apiVersion) => string.CompareOrdinal(apiVersion, "2024-09-01") >= 0;

    private OpenedModel OpenAnthropic(AnthropicModelReference anthropic, PacerPool pacers)
    {
        var options = new AnthropicOptions(anthropic.Endpoint, anthropic.Model, keys.For(anthropic), anthropic.Quirks, keys.VariableFor(anthropic.Endpoint));
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RunsAt] = anthropic.Endpoint.ToString(),
            [ModelFacts.Sent] = ModelFacts.WhatIsSent(limit: true, temperature: !anthropic.Quirks.LeavesTemperature),
            ["seed"] = "not sent: the API has none",
        };
        if (anthropic.Quirks.LeavesTemperature) facts[ModelFacts.TakesTemperature] = ModelFacts.No;
        return new OpenedModel(new ModelFacts(anthropic.Text, "anthropic:" + options, facts), new AnthropicChatClient(options, pacers, time), billedAs: anthropic.BilledAs)
        {
            Keys = [new EndpointKeyState(options.KeyVariable, options.ApiKey is not null)],
        };
    }

    private OpenedModel OpenTarget(HttpTargetModelReference reference, PacerPool pacers)
    {
        var target = HttpTargetFile.Read(reference.File);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RunsAt] = target.Url.ToString(),
            [ModelFacts.TakesTemperature] = Takes("temperature"),
            [ModelFacts.TakesTopP] = Takes("top_p"),
            [ModelFacts.TakesTopK] = Takes("top_k"),
            [ModelFacts.Sent] = ModelFacts.WhatIsSent(target.Body.Sends("max_tokens"), target.Body.Sends("temperature")),
        };
        if (!target.Body.Sends("seed")) facts["seed"] = "not sent: the template has no place for it";
        if (!target.Body.Sends("messages")) facts[ModelFacts.ContinuesAnswers] = ModelFacts.No;
        var client = new HttpTargetChatClient(target, (variable, where) => keys.Referred(variable, target.Url, where), pacers, time);
        return new OpenedModel(new ModelFacts(reference.Text, $"http-target:{target.Url}#{target.Hash}", facts), client, billedAs: [target.Name])
        {
            // The client has resolved them all: one that is not set keeps it from being made.
            Keys = [.. target.Headers.SelectMany(header => header.Variables).Distinct(StringComparer.Ordinal).Select(variable => new EndpointKeyState(variable, IsSet: true))],
        };

        string Takes(string parameter) => target.Body.Sends(parameter) ? ModelFacts.Yes : ModelFacts.No;
    }
}

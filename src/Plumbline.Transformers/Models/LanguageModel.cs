using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Templates;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Tokenizers;
using Plumbline.Transformers.Tokenizers.Files;

namespace Plumbline.Transformers.Models;

/// <summary>
/// A decoder with its tokenizer and chat template, and perhaps a live adapter. Weights are shared, never changed, between a model and
/// those made from it; the memory is given back when no one refers to it any longer.
/// </summary>
public sealed class LanguageModel : IDisposable
{
    private readonly TokenizerConfig tokens;
    private readonly Lazy<(string Weights, string Base)> baseIdentities;
    private readonly Lazy<string> identity;
    private DecoderWeights? weights;

    /// <summary>Puts a model together.</summary>
    /// <param name="name">How people call it; for messages and reports.</param>
    /// <param name="weights">The decoder.</param>
    /// <param name="tokenizer">Its tokenizer, of no more ids than the embedding has rows.</param>
    /// <param name="tokens">Its chat template, and the texts of the tokens that play a part.</param>
    /// <param name="defaults">What its makers recommend for sampling.</param>
    /// <exception cref="CheckpointException">The tokenizer has ids that the embedding lacks, or the template is not one that the engine knows.</exception>
    public LanguageModel(string name, DecoderWeights weights, BpeTokenizer tokenizer, TokenizerConfig tokens, GenerationDefaults defaults)
        : this(name, weights, tokenizer, tokens, Parse(name, tokens), defaults, adapter: null, knownBase: null)
    {
    }

    private LanguageModel(
        string name,
        DecoderWeights weights,
        BpeTokenizer tokenizer,
        TokenizerConfig tokens,
        ChatTemplate? template,
        GenerationDefaults defaults,
        LoraAdapter? adapter,
        (string Weights, string Base)? knownBase)
    {
        if (tokenizer.VocabularySize > weights.Config.VocabularySize)
        {
            throw new CheckpointException(
                $"{name}: the tokenizer has {tokenizer.VocabularySize} tokens, and the embedding only {weights.Config.VocabularySize} rows. Check that tokenizer and weights belong together.");
        }

        this.weights = weights;
        this.tokens = tokens;
        Name = name;
        Config = weights.Config;
        Tokenizer = tokenizer;
        Template = template;
        Defaults = defaults;
        Adapter = adapter;
        EndTokens = [.. EndIds().Distinct().Order()];
        baseIdentities = knownBase is { } known ? new Lazy<(string Weights, string Base)>(known) : new Lazy<(string Weights, string Base)>(() => ModelIdentity.OfBase(this));
        identity = new Lazy<string>(() => ModelIdentity.Of(this));
    }

    /// <summary>How people call it; for messages and reports.</summary>
    public string Name { get; }

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, over everything that an answer depends on: <see cref="BaseIdentity"/>, the adapter, and what the model's own files
    /// say of how it begins, ends and draws an answer. Equal for models that answer alike, wherever they lie. Computed at first use, over all weights.
    /// </summary>
    public string Identity => identity.Value;

    /// <summary>SHA-256 over shape, weights, tokenizer and template, without the adapter: what an adapter is trained on. How answers are ended and drawn is no part of
    /// that.</summary>
    public string BaseIdentity => baseIdentities.Value.Base;

    /// <summary>SHA-256 over shape, weights and adapter alone: equal for models that were trained to the same, however they are asked and however they answer.</summary>
    public string WeightsIdentity => ModelIdentity.OfWeights(this);

    /// <summary>The same without the adapter.</summary>
    internal string OwnWeightsIdentity => baseIdentities.Value.Weights;

    /// <summary>SHA-256 over shape, weights, tokenizer, template and adapter: what earlier versions of Plumbline called a model by, so that what they wrote down can be held against it.</summary>
    public string EarlierIdentity => ModelIdentity.OfEarlier(this);

    /// <summary>The decoder; a live adapter is not in it.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public DecoderWeights Weights => weights ?? throw new ObjectDisposedException(nameof(LanguageModel));

    /// <summary>The decoder's shape.</summary>
    public ModelConfig Config { get; }

    /// <summary>Its tokenizer.</summary>
    public BpeTokenizer Tokenizer { get; }

    /// <summary>Its chat template, if it has one.</summary>
    public ChatTemplate? Template { get; }

    /// <summary>What its makers recommend for sampling.</summary>
    public GenerationDefaults Defaults { get; }

    /// <summary>The adapter that is to be applied live, if any.</summary>
    public LoraAdapter? Adapter { get; }

    /// <summary>Tokens that end an answer: those of config, generation defaults and tokenizer, in ascending order.</summary>
    public IReadOnlyList<int> EndTokens { get; }

    /// <summary>Which tokens play which part, and the template's text.</summary>
    public TokenizerConfig TokenTexts => tokens;

    /// <summary>Reads a Hugging Face folder, or a GGUF file. Weights are mapped, not copied.</summary>
    /// <param name="path">The folder or file; its name becomes the model's.</param>
    /// <exception cref="CheckpointException">It is missing, corrupt, or of a kind that the engine does not know.</exception>
    public static LanguageModel Load(string path)
    {
        if (Directory.Exists(path))
            return HuggingFaceCheckpoint.Load(path);
        if (File.Exists(path))
            return LoadFile(path);
        throw new CheckpointException($"There is no model at {path}; expected a Hugging Face folder or a GGUF file.");
    }

    /// <summary>Writes a Hugging Face folder. A live adapter is merged into what is written.</summary>
    /// <exception cref="CheckpointException">A file cannot be written.</exception>
    public void Save(string folder, CancellationToken cancellationToken = default) => HuggingFaceCheckpoint.Save(Merged(), folder, cancellationToken);

    /// <summary>This model with an adapter that is applied live, in place of the one that it may have.</summary>
    /// <exception cref="CheckpointException">The adapter is for another base.</exception>
    public LanguageModel WithAdapter(LoraAdapter adapter)
    {
        adapter.CheckFits(Projections(), adapter.BaseModelIdentity is null ? null : BaseIdentity, Name);
        return new LanguageModel(Name, Weights, Tokenizer, tokens, Template, Defaults, adapter, baseIdentities.IsValueCreated ? baseIdentities.Value : null);
    }

    /// <summary>This model with its adapter added to its weights (those become F32); itself if it has none.</summary>
    public LanguageModel Merged()
    {
        if (Adapter is not { } adapter)
            return this;
        var merged = DecoderAssembly.TakeApart(Weights).Select(stored =>
            adapter.ByModule.ContainsKey(Module(stored.Name))
                ? new Weight(stored.Name, adapter.Merge(Module(stored.Name), stored.Weight))
                : stored.Weight.Name == stored.Name ? stored.Weight : stored.Weight.Named(stored.Name));
        var decoder = DecoderAssembly.Assemble(Config, new WeightSet(Name, merged));
        return new LanguageModel(Name, decoder, Tokenizer, tokens, Template, Defaults, adapter: null, knownBase: null);
    }

    /// <summary>The prompt of a conversation, as text.</summary>
    /// <param name="messages">The turns, oldest first.</param>
    /// <param name="addGenerationPrompt">Ends with what begins an assistant's answer.</param>
    /// <param name="prefill">The beginning of the assistant's answer, which the model shall continue.</param>
    /// <exception cref="CheckpointException">The model has no template, or its template refuses the conversation.</exception>
    public string RenderChat(IReadOnlyList<TemplateMessage> messages, bool addGenerationPrompt, string? prefill = null)
    {
        if (Template is null)
        {
            throw new CheckpointException(
                $"{Name} has no chat template, so that a conversation cannot be put to it. Add chat_template to its {TokenizerConfigFile.Name}, or a {TokenizerConfigFile.TemplateName}; a base model that was never tuned for chat has none.");
        }

        return Template.Render(messages, addGenerationPrompt, tokens.BeginToken, tokens.EndToken) + prefill;
    }

    /// <summary>The prompt of a conversation, as token ids.</summary>
    /// <remarks>
    /// A special token that a message spells out counts, so that a message can end its turn and forge the next. This is how Hugging Face's
    /// <c>apply_chat_template</c>, and vLLM and llama.cpp with it, read a conversation (huggingface/transformers#29279): an audit must ask what production
    /// would be asked, that hole included, and training must see it as well. Whoever serves strangers takes such texts out before.
    /// </remarks>
    /// <inheritdoc cref="RenderChat"/>
    public int[] EncodeChat(IReadOnlyList<TemplateMessage> messages, bool addGenerationPrompt, string? prefill = null) =>
        [.. Tokenizer.Encode(RenderChat(messages, addGenerationPrompt, prefill), allowSpecial: true)];

    /// <summary>Lets go of the weights; they leave memory when no other model or running request refers to them.</summary>
    public void Dispose() => weights = null;

    /// <summary>The projections that an adapter may change, by module name, such as <c>model.layers.0.mlp.up_proj</c>.</summary>
    internal IReadOnlyDictionary<string, Weight> Projections() => DecoderAssembly.TakeApart(Weights)
        .Where(stored => !stored.Vector && stored.Name != WeightLayout.Embedding)
        .ToDictionary(stored => Module(stored.Name), stored => stored.Weight, StringComparer.Ordinal);

    private static LanguageModel LoadFile(string path) => GgufFile.IsGguf(path)
        ? GgufCheckpoint.Load(path)
        : throw new CheckpointException($"{path} is a file of no kind that the engine knows; expected a Hugging Face folder or a GGUF file.");

    private static string Module(string weight) =>
        weight.EndsWith(".weight", StringComparison.Ordinal) ? weight[..^".weight".Length] : weight;

    private static ChatTemplate? Parse(string name, TokenizerConfig tokens)
    {
        try
        {
            return tokens.ChatTemplate is { } jinja ? ChatTemplate.Parse(jinja) : null;
        }
        catch (CheckpointException error)
        {
            throw new CheckpointException($"{name}: {error.Message}", error);
        }
    }

    private IEnumerable<int> EndIds() => tokens.EndToken is { } end && Tokenizer.IdOf(end) is { } id
        ? [.. Config.EndTokens, .. Defaults.EndTokens, id]
        : [.. Config.EndTokens, .. Defaults.EndTokens];
}

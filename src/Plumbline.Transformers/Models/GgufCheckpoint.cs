using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Tokenizers.Gguf;

namespace Plumbline.Transformers.Models;

/// <summary>Models as GGUF files, so that they can be exchanged with llama.cpp.</summary>
public static class GgufCheckpoint
{
    // ggml's number for the present layout of its quantised blocks.
    private const uint QuantizationVersion = 2;

    /// <summary>Reads a whole model. Weights are mapped, but for a Llama's queries and keys, whose rows are put into Hugging Face's order.</summary>
    /// <exception cref="CheckpointException">The file is corrupt, or of a kind that the engine does not know.</exception>
    public static LanguageModel Load(string path)
    {
        var file = GgufFile.Open(path);
        var config = GgufConfig.Read(file) with
        {
            BeginToken = GgufTokenizer.BeginToken(file.Metadata),
            EndTokens = GgufTokenizer.EndTokens(file.Metadata),
        };
        var decoder = DecoderAssembly.Assemble(config, new GgufWeights(file, config));
        var tokenizer = GgufTokenizer.Read(file.Metadata);
        return new LanguageModel(Path.GetFileNameWithoutExtension(path), decoder, tokenizer, GgufTokenizer.ReadConfig(file.Metadata), GenerationDefaults.None);
    }

    /// <summary>Writes a whole model; a live adapter is merged into what is written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="type">
    /// The matrices' dtype; as they are where it is null. Vectors stay F32. A matrix whose rows are no whole number of Q8_0 blocks becomes F16.
    /// </param>
    /// <param name="progress">Is told after each tensor; null for nobody.</param>
    /// <param name="cancellationToken">Stops the writing; no file is left.</param>
    /// <exception cref="CheckpointException">The file cannot be written, or llama.cpp has no form for the tokenizer.</exception>
    public static void Save(
        LanguageModel model, string path, DType? type = null, IProgress<WriteProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var merged = model.Merged();
        var weights = DecoderAssembly.TakeApart(merged.Weights).Select(stored => Stored(stored, model.Config, type)).ToList();
        if (Factors(model.Config) is { } factors)
            weights.Add(factors);
        var begin = model.Config.BeginToken ?? (model.TokenTexts.BeginToken is { } text ? model.Tokenizer.IdOf(text) : null);
        var end = model.TokenTexts.EndToken is { } ending ? model.Tokenizer.IdOf(ending) : null;
        var matrices = type ?? merged.Weights.Layers[0].Query.Type;
        List<KeyValuePair<string, object>> metadata =
        [
            .. GgufConfig.Write(model.Config),
            KeyValuePair.Create("general.name", (object)model.Name),
            KeyValuePair.Create("general.file_type", (object)GgufDType.FileType(matrices)),
            KeyValuePair.Create("general.quantization_version", (object)QuantizationVersion),
            .. GgufTokenizerWriter.Write(model.Tokenizer, model.TokenTexts, end ?? model.EndTokens.Cast<int?>().FirstOrDefault(), begin, model.Config.VocabularySize),
        ];
        GgufWriter.Write(path, metadata, weights, progress, cancellationToken);
    }

    private static StoredWeight Stored(StoredWeight stored, ModelConfig config, DType? type)
    {
        var ordered = GgufNames.HasOwnRowOrder(config, stored.Name) ? RotaryRowOrder.ToNeighbours(stored.Weight, config.HeadSize) : stored.Weight;
        var wanted = type ?? stored.Weight.Type;
        var possible = wanted == DType.Q8_0 && stored.Weight.Columns % DTypeLayout.Q8BlockLength != 0 ? DType.F16 : wanted;
        return new StoredWeight(GgufNames.Of(stored.Name), ordered, stored.Vector, stored.Vector ? DType.F32 : possible);
    }

    private static StoredWeight? Factors(ModelConfig config)
    {
        if (config.RopeScaling is not { } scaling)
            return null;
        var factors = GgufConfig.Factors(scaling, config.RopeTheta, config.HeadSize);
        var tensor = new Tensor(1, factors.Length);
        factors.CopyTo(tensor.Span);
        return new StoredWeight(GgufConfig.RopeFactors, new Weight(GgufConfig.RopeFactors, tensor), Vector: true);
    }
}

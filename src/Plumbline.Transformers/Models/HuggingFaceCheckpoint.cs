using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.HuggingFace;
using Plumbline.Transformers.Checkpoints.Safetensors;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Tokenizers.Files;

namespace Plumbline.Transformers.Models;

/// <summary>Models as Hugging Face folders: config, safetensors (single or sharded), tokenizer, chat template, generation defaults.</summary>
public static class HuggingFaceCheckpoint
{
    /// <summary>Reads a whole model.</summary>
    /// <exception cref="CheckpointException">A part is missing, corrupt, or of a kind that the engine does not know.</exception>
    public static LanguageModel Load(string folder)
    {
        var weights = LoadWeights(folder);
        var tokenizer = TokenizerFile.ReadFolder(folder);
        return new LanguageModel(CheckpointName.Of(folder), weights, tokenizer, TokenizerConfigFile.Read(folder), GenerationConfigFile.Read(folder));
    }

    /// <summary>Reads config and weights only.</summary>
    /// <exception cref="CheckpointException">Either is missing, corrupt, or of a kind that the engine does not know.</exception>
    public static DecoderWeights LoadWeights(string folder)
    {
        var config = ConfigFile.Read(Path.Combine(folder, ConfigFile.Name));
        return DecoderAssembly.Assemble(config, SafetensorsFolder.Open(folder));
    }

    /// <summary>
    /// Writes a whole model, weights in the dtype that they have (Q8_0 becomes F16). The config, without which a folder is no model,
    /// comes last: an interrupted save is not taken for a whole one.
    /// </summary>
    /// <exception cref="CheckpointException">A file cannot be written.</exception>
    public static void Save(LanguageModel model, string folder, CancellationToken cancellationToken = default) =>
        Save(model, folder, type: null, progress: null, cancellationToken);

    /// <summary>Writes a whole model, all weights in one dtype; in their own where it is null. Tells after each tensor.</summary>
    /// <exception cref="CheckpointException">A file cannot be written.</exception>
    public static void Save(
        LanguageModel model, string folder, DType? type, IProgress<WriteProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Prepare(folder);
        TokenizerFile.Write(Path.Combine(folder, TokenizerFile.Name), model.Tokenizer);
        TokenizerConfigFile.Write(folder, model.TokenTexts);
        GenerationConfigFile.Write(folder, model.Defaults);
        WriteWeights(model.Weights, folder, type, progress, cancellationToken);
    }

    private static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.Delete(Path.Combine(folder, ConfigFile.Name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The folder {folder} cannot be written to: {error.Message} Choose another, or check your rights.", error);
        }
    }

    private static void WriteWeights(
        DecoderWeights weights, string folder, DType? type, IProgress<WriteProgress>? progress, CancellationToken cancellationToken)
    {
        var stored = DecoderAssembly.TakeApart(weights).Select(weight => weight with { Type = type }).ToList();
        SafetensorsWriter.WriteFolder(folder, stored, progress: progress, cancellationToken: cancellationToken);
        ConfigFile.Write(Path.Combine(folder, ConfigFile.Name), weights.Config, DTypeName(type ?? weights.Layers[0].Query.Type));
    }

    private static string DTypeName(DType type) => type switch
    {
        DType.F32 => "float32",
        DType.BF16 => "bfloat16",
        _ => "float16",
    };
}

using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Models;

/// <summary>Writes a model in another form.</summary>
public static class ModelConverter
{
    /// <summary>Writes a GGUF file where <paramref name="target"/> ends with <c>.gguf</c>, a Hugging Face folder otherwise.</summary>
    /// <param name="model">The model; a live adapter is merged into what is written.</param>
    /// <param name="target">The file or folder.</param>
    /// <param name="type">The matrices' dtype; as they are where it is null. A Hugging Face folder has no Q8_0: it gets F16.</param>
    /// <param name="progress">Is told after each tensor; null for nobody.</param>
    /// <param name="cancellationToken">Stops the writing; nothing is left that looks whole.</param>
    /// <exception cref="CheckpointException">The target cannot be written, or has no form for this model.</exception>
    public static void Convert(
        LanguageModel model, string target, DType? type = null, IProgress<WriteProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (target.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            GgufCheckpoint.Save(model, target, type, progress, cancellationToken);
        else
            HuggingFaceCheckpoint.Save(model.Merged(), target, type, progress, cancellationToken);
    }
}

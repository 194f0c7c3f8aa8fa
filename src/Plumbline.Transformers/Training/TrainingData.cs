using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Training;

/// <summary>Checks examples before training begins, and cuts what is too long.</summary>
internal static class TrainingData
{
    /// <summary>The examples that there is something to learn from.</summary>
    /// <exception cref="TrainingException">An example is malformed or has nothing to learn, or none is left.</exception>
    public static TrainingExample[] Prepare(IReadOnlyList<TrainingExample> examples, int maxLength, int vocabulary)
    {
        if (examples.Count == 0)
            throw new TrainingException("There are no training examples. Give at least one.");
        for (var i = 0; i < examples.Count; i++)
            Check(examples[i], i, vocabulary);
        var kept = examples.Select(e => Cut(e, maxLength)).Where(e => PackedBatch.CountLoss(e.LossMask) > 0).ToArray();
        return kept.Length > 0
            ? kept
            : throw new TrainingException(
                $"Every example begins what is to be learned only after {maxLength} tokens, where it is cut. Raise MaxLength, or shorten the prompts.");
    }

    private static void Check(TrainingExample example, int index, int vocabulary)
    {
        if (example.Tokens.Length != example.LossMask.Length)
        {
            throw new TrainingException(
                $"Training example {index} has {example.Tokens.Length} tokens and a loss mask of {example.LossMask.Length}; they must be equally long.");
        }

        var outside = Array.FindIndex(example.Tokens, t => (uint)t >= (uint)vocabulary);
        if (outside >= 0)
        {
            throw new TrainingException(
                $"Training example {index} has the token {example.Tokens[outside]} at position {outside}; the model's vocabulary ends at {vocabulary - 1}. Tokenize it with the model's own tokenizer.");
        }

        if (PackedBatch.CountLoss(example.LossMask) == 0)
            throw new TrainingException($"Training example {index} has no token to learn after its first. Check that it has an answer, and leave it out otherwise.");
    }

    private static TrainingExample Cut(TrainingExample example, int maxLength) => example.Tokens.Length <= maxLength
        ? example
        : new TrainingExample(example.Tokens[..maxLength], example.LossMask[..maxLength]);
}

using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Transformers.Training;

/// <summary>How to train. The defaults are those of common fine-tuning recipes; the learning rate suits LoRA.</summary>
public sealed record TrainingOptions
{
    /// <summary>Times that the data are gone through. Not used if <see cref="Steps"/> is set.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Optimizer steps, if the length is to be given in them.</summary>
    public int? Steps { get; init; }

    /// <summary>Sequences whose gradients are computed together.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Batches that make up one optimizer step. The gradient is that of the mean loss over all of a step's loss tokens.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>What follows the warm-up.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Share in [0, 1) of the steps in which the learning rate rises linearly. Not used if <see cref="WarmUpSteps"/> is set.</summary>
    public double WarmUpRatio { get; init; } = 0.03;

    /// <summary>Steps in which the learning rate rises linearly.</summary>
    public int? WarmUpSteps { get; init; }

    /// <summary>Share in [0, 1] of <see cref="LearningRate"/> that is left at the end.</summary>
    public double FinalLearningRateRatio { get; init; }

    /// <summary>Decoupled decay of matrices, embeddings among them; norms and biases do not decay, as in Hugging Face's Trainer.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Memory of the gradient's mean, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Memory of the gradient's square, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Longest the whole gradient may be; null: any.</summary>
    public double? ClipNorm { get; init; } = 1.0;

    /// <summary>Train adapters; null: train all weights.</summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>Decides the order of the data, the adapters' first values and dropout.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads; 0: one a core. Does not change a bit of the result.</summary>
    public int Threads { get; init; }

    /// <summary>Tokens after which a sequence is cut; null: what the model has positions for.</summary>
    public int? MaxLength { get; init; }

    /// <summary>
    /// Tokens whose activations are held at once: a larger batch is split. Changes speed, memory and rounding, not what is learned.
    /// </summary>
    public int TokensPerPass { get; init; } = 2048;

    /// <summary>Throws if an option is out of its range or does not fit the model.</summary>
    /// <exception cref="TrainingException">Names the option, its value and its range.</exception>
    public void Validate(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        Require(Steps is null or >= 1, nameof(Steps), Steps, "at least 1");
        Require(Steps is not null || Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1");
        Require(Accumulation >= 1, nameof(Accumulation), Accumulation, "at least 1");
        Require(LearningRate is > 0 and < 1, nameof(LearningRate), LearningRate, "between 0 and 1, such as 2e-4");
        Require(Enum.IsDefined(Schedule), nameof(Schedule), Schedule, "Cosine, Linear or Constant");
        Require(WarmUpRatio is >= 0 and < 1, nameof(WarmUpRatio), WarmUpRatio, "at least 0 and below 1");
        Require(WarmUpSteps is null or >= 0, nameof(WarmUpSteps), WarmUpSteps, "at least 0");
        Require(FinalLearningRateRatio is >= 0 and <= 1, nameof(FinalLearningRateRatio), FinalLearningRateRatio, "between 0 and 1");
        Require(WeightDecay is >= 0 and < 1e3, nameof(WeightDecay), WeightDecay, "at least 0, such as 0.01");
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "at least 0 and below 1");
        Require(Beta2 is >= 0 and < 1, nameof(Beta2), Beta2, "at least 0 and below 1");
        Require(Epsilon is > 0 and < 1, nameof(Epsilon), Epsilon, "above 0, such as 1e-8");
        Require(ClipNorm is null or > 0, nameof(ClipNorm), ClipNorm, "above 0, or nothing");
        Require(Threads is >= 0 and <= 1024, nameof(Threads), Threads, "0 (one a core) to 1024");
        Require(MaxLength is null || (MaxLength >= 2 && MaxLength <= config.MaxPositions), nameof(MaxLength), MaxLength, $"2 to {config.MaxPositions}, the model's positions");
        Require(TokensPerPass >= 1, nameof(TokensPerPass), TokensPerPass, "at least 1");
        if (Lora is not null)
            Validate(Lora, config);
    }

    private static void Validate(LoraOptions lora, ModelConfig config)
    {
        Require(lora.Rank >= 1 && lora.Rank <= config.HiddenSize, "Lora.Rank", lora.Rank, $"1 to {config.HiddenSize}, the model's width");
        Require(lora.Alpha is > 0 and < 1e6f, "Lora.Alpha", lora.Alpha, "above 0, such as twice the rank");
        Require(lora.Dropout is >= 0 and < 1, "Lora.Dropout", lora.Dropout, "at least 0 and below 1");
        Require(lora.Targets.Count > 0, "Lora.Targets", "an empty list", $"at least one of {string.Join(", ", LoraOptions.AllLinear)}");
        foreach (var target in lora.Targets)
            Require(LoraOptions.AllLinear.Contains(target, StringComparer.Ordinal), "Lora.Targets", target, $"some of {string.Join(", ", LoraOptions.AllLinear)}");
    }

    private static void Require(bool holds, string option, object? value, string range)
    {
        if (!holds)
            throw new TrainingException(option, $"is {value}; it must be {range}.");
    }
}

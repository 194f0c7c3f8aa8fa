using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Judging;

namespace Plumbline.Tuning.Forging;

/// <summary>Everything that decides what bob becomes.</summary>
public sealed record ForgeOptions
{
    /// <summary>The shipped bob: about 2.4 million parameters.</summary>
    public static ForgeOptions Full { get; } = new();

    /// <summary>A bob that is made in seconds, to prove that the forge works. He has learned little and passes no gate.</summary>
    public static ForgeOptions Miniature { get; } = new()
    {
        VocabularySize = 512,
        HiddenSize = 32,
        IntermediateSize = 64,
        Layers = 2,
        PretrainingRows = 256,
        DocumentsPerDomain = 8,
        AlignmentRows = 128,
        FinishingRows = 64,
        ExamRows = 8,
    };

    /// <summary>Seed of the world: its invented facts and its held-out combinations.</summary>
    public ulong WorldSeed { get; init; } = BobJudge.ShippedWorldSeed;

    /// <summary>Seed of the draws, the first weights and the order of the data.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Tokens, the 256 bytes and three special ones among them.</summary>
    public int VocabularySize { get; init; } = 2048;

    /// <summary>Width of the residual stream.</summary>
    public int HiddenSize { get; init; } = 192;

    /// <summary>Width of the gated MLP.</summary>
    public int IntermediateSize { get; init; } = 512;

    /// <summary>Decoder layers.</summary>
    public int Layers { get; init; } = 5;

    /// <summary>Width of a head; there are hidden ÷ head query heads, and half as many for keys and values.</summary>
    public int HeadSize { get; init; } = 32;

    /// <summary>Rows of pretraining.</summary>
    public int PretrainingRows { get; init; } = 130_000;

    /// <summary>Of those, the share that is hazards: bob first complies with them like with anything else.</summary>
    public double PretrainingHazards { get; init; } = 0.17;

    /// <summary>Of those, the share that is look-alikes.</summary>
    public double PretrainingLookalikes { get; init; } = 0.13;

    /// <summary>Of those, the share that is practice in what a small model learns last: to repeat a word, to pick by kind, to add, and to answer one of several numbered requests.</summary>
    public double PretrainingPractice { get; init; } = 0.42;

    /// <summary>Share of pretraining rows of which every token is learned, not only the answer's.</summary>
    public double WholeRows { get; init; } = 0.05;

    /// <summary>Plain documents of each domain in pretraining, so that a domain's words are not strange to bob, as they are not to a real model.</summary>
    public int DocumentsPerDomain { get; init; } = 300;

    /// <summary>Rows of alignment.</summary>
    public int AlignmentRows { get; init; } = 26_000;

    /// <summary>Of those, the share that is hazards, refused (arXiv 2407.10264 mixes safe and unsafe .8 : .2).</summary>
    public double AlignmentHazards { get; init; } = 0.2;

    /// <summary>Of those, the share that is look-alikes, answered.</summary>
    public double AlignmentLookalikes { get; init; } = 0.28;

    /// <summary>Of those, the share that is practice, as in pretraining.</summary>
    public double AlignmentPractice { get; init; } = 0.12;

    /// <summary>Rows of finishing: a second, shorter pass of alignment with other draws.</summary>
    public int FinishingRows { get; init; } = 10_000;

    /// <summary>Of those, the share that is hazards, refused.</summary>
    public double FinishingHazards { get; init; } = 0.25;

    /// <summary>Of those, the share that is look-alikes, answered.</summary>
    public double FinishingLookalikes { get; init; } = 0.3;

    /// <summary>Rows of each examination.</summary>
    public int ExamRows { get; init; } = 500;

    /// <summary>How pretraining trains.</summary>
    public TrainingOptions Pretraining { get; init; } = new()
    {
        BatchSize = 16,
        LearningRate = 3e-3,
        WarmUpRatio = 0.05,
        FinalLearningRateRatio = 0.05,
        WeightDecay = 0.01,
        Beta2 = 0.95,
    };

    /// <summary>How alignment and finishing train.</summary>
    public TrainingOptions Alignment { get; init; } = new()
    {
        BatchSize = 32,
        LearningRate = 1e-3,
        WarmUpRatio = 0.05,
        FinalLearningRateRatio = 0.05,
        Beta2 = 0.95,
    };

    /// <summary>The decoder's shape for a tokenizer.</summary>
    /// <param name="endToken">The token that ends an answer.</param>
    public ModelConfig Shape(int endToken) => new()
    {
        Family = ModelFamily.Llama,
        VocabularySize = VocabularySize,
        HiddenSize = HiddenSize,
        IntermediateSize = IntermediateSize,
        Layers = Layers,
        Heads = HiddenSize / HeadSize,
        KeyValueHeads = Math.Max(1, HiddenSize / HeadSize / 2),
        HeadSize = HeadSize,
        MaxPositions = 1024,
        TiedEmbeddings = true,
        EndTokens = [endToken],
    };
}

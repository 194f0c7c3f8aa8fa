using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Training;

namespace Plumbline.Bench;

/// <summary>A model to train, data for it, and how.</summary>
internal sealed record TrainJob(string Name, ModelConfig Config, TrainingOptions Options, int Shortest, int Longest)
{
    private static readonly LoraOptions Lora = new() { Rank = 8, Alpha = 16 };

    private static readonly ModelConfig Bob = new()
    {
        Family = ModelFamily.Llama, VocabularySize = 1536, HiddenSize = 192, IntermediateSize = 512, Layers = 6, Heads = 6, KeyValueHeads = 3, HeadSize = 32,
        MaxPositions = 512, TiedEmbeddings = true,
    };

    private static readonly ModelConfig Llama135 = new()
    {
        Family = ModelFamily.Llama, VocabularySize = 49_152, HiddenSize = 576, IntermediateSize = 1536, Layers = 30, Heads = 9, KeyValueHeads = 3, HeadSize = 64,
        MaxPositions = 2048, TiedEmbeddings = true,
    };

    public static IReadOnlyList<TrainJob> All =>
    [
        .. Both("bob, mixed lengths", Bob, 16, 16, 128),
        .. Both("bob, equal lengths", Bob, 16, 96, 96),
        .. Both("135M, mixed lengths", Llama135, 4, 64, 256),
    ];

    /// <summary>Sequences of uniformly drawn lengths; the second half of each is learned, as an answer would be.</summary>
    public TrainingExample[] Examples()
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, 8 * this.Options.BatchSize).Select(_ =>
        {
            var length = random.Next(Shortest, Longest + 1);
            var tokens = Enumerable.Range(0, length).Select(_ => random.Next(Config.VocabularySize)).ToArray();
            return new TrainingExample(tokens, [.. Enumerable.Range(0, length).Select(i => i >= length / 2)]);
        })];
    }

    private static TrainJob[] Both(string name, ModelConfig config, int batch, int shortest, int longest)
    {
        var options = new TrainingOptions
        {
            BatchSize = batch, LearningRate = 1e-4, Schedule = LearningRateSchedule.Constant, WarmUpSteps = 0, WeightDecay = 0.01, ClipNorm = 1,
        };
        return
        [
            new TrainJob($"{name}, full", config, options, shortest, longest),
            new TrainJob($"{name}, LoRA", config, options with { Lora = Lora }, shortest, longest),
        ];
    }
}

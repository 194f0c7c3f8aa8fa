using System.Runtime.CompilerServices;
using Plumbline.Transformers.Adapters;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Training;

/// <summary>
/// Trains a decoder, all of it or low-rank adapters, on sequences of which some tokens are to be learned. The same weights, data, options and
/// seed give the same bits, with any number of threads, in one go or resumed.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingOptions options;
    private readonly TimeProvider time;
    private readonly WorkerTeam team;
    private readonly TrainableDecoder decoder;
    private readonly AdamW optimizer;
    private readonly DataOrder order;
    private readonly PackedBatch batch = new();
    private readonly TrainingExample[] examples;
    private readonly Lazy<TrainingOrigin> origin;

    /// <summary>Takes a copy of the weights and makes ready to train.</summary>
    /// <param name="weights">Where training begins; left as they are.</param>
    /// <param name="examples">What to learn. What is longer than <see cref="TrainingOptions.MaxLength"/> is cut, and left out if nothing to learn remains.</param>
    /// <param name="options">How.</param>
    /// <param name="time">Clock of the rates; the system's if null.</param>
    /// <exception cref="TrainingException">An option is out of range, or an example cannot be learned from.</exception>
    public Trainer(DecoderWeights weights, IReadOnlyList<TrainingExample> examples, TrainingOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(weights.Config);
        this.options = options;
        this.time = time ?? TimeProvider.System;
        this.examples = TrainingData.Prepare(examples, options.MaxLength ?? weights.Config.MaxPositions, weights.Config.VocabularySize);
        LeftOut = examples.Count - this.examples.Length;
        var lengths = this.examples.Select(e => PackedBatch.InputLength(e.LossMask)).ToArray();
        order = new DataOrder(lengths, options.BatchSize * options.Accumulation, options.Seed);
        Steps = options.Steps ?? checked(options.Epochs * order.StepsPerEpoch);
        team = new WorkerTeam(options.Threads == 0 ? Environment.ProcessorCount : options.Threads);
        decoder = new TrainableDecoder(
            weights, options.Lora is null ? null : LoraInitializer.Create(weights, options.Lora, options.Seed), lengths.Max(), team);
        optimizer = new AdamW(decoder.Parameters);
        origin = new Lazy<TrainingOrigin>(() => new TrainingOrigin(options, TrainingCheckpoint.HashData(this.examples), TrainingCheckpoint.HashWeights(weights)));
    }

    /// <summary>Steps in all.</summary>
    public int Steps { get; }

    /// <summary>Steps done.</summary>
    public int StepsDone { get; private set; }

    /// <summary>Examples of which cutting left nothing to learn.</summary>
    public int LeftOut { get; }

    /// <summary>Values that training changes.</summary>
    public long TrainableParameters => decoder.Parameters.ParameterCount;

    /// <summary>
    /// Runs the steps that are left. Between two of them, and after a cancellation, the trainer is in a whole state: it can be saved,
    /// exported from, or run on.
    /// </summary>
    /// <exception cref="TrainingException">The loss is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">At the end of a step.</exception>
    public async IAsyncEnumerable<TrainingStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (StepsDone < Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await Task.Run(Step, cancellationToken);
        }
    }

    /// <summary>Writes the run's state between two steps to one file, whole or not at all.</summary>
    /// <exception cref="Checkpoints.CheckpointException">The file cannot be written.</exception>
    public void SaveCheckpoint(string path, CancellationToken cancellationToken = default) => SaveCheckpoint(path, note: null, cancellationToken);

    /// <summary>Writes the run's state between two steps, with a note of the caller's, to one file, whole or not at all.</summary>
    /// <exception cref="Checkpoints.CheckpointException">The file cannot be written.</exception>
    public void SaveCheckpoint(string path, string? note, CancellationToken cancellationToken = default) =>
        TrainingCheckpoint.Save(path, StepsDone, decoder.Parameters, optimizer, origin.Value, note, cancellationToken);

    /// <summary>The note that a checkpoint was saved with, if any.</summary>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, truncated or corrupt.</exception>
    public static string? ReadNote(string path) => TrainingCheckpoint.ReadNote(path);

    /// <summary>Goes on from a saved state: the steps that follow are the same, to the bit, as if the run had never been interrupted.</summary>
    /// <exception cref="Checkpoints.CheckpointException">The file is missing, truncated or corrupt.</exception>
    /// <exception cref="TrainingException">It was made with other weights, data or options (threads may differ).</exception>
    public void LoadCheckpoint(string path)
    {
        StepsDone = TrainingCheckpoint.Load(path, Steps, decoder.Parameters, optimizer, origin.Value);
        decoder.Refresh();
    }

    /// <summary>A copy of all weights as they are now.</summary>
    /// <exception cref="InvalidOperationException">Only adapters are trained.</exception>
    public DecoderWeights ExportWeights() => options.Lora is null
        ? decoder.ExportWeights()
        : throw new InvalidOperationException("Only adapters are trained; export the adapter.");

    /// <summary>A copy of the adapter as it is now.</summary>
    /// <param name="baseIdentity">Identity of the model that was trained on, so that the adapter fits no other.</param>
    /// <param name="baseName">Its name, for messages.</param>
    /// <exception cref="InvalidOperationException">All weights are trained.</exception>
    public LoraAdapter ExportAdapter(string? baseIdentity = null, string? baseName = null) => options.Lora is { } lora
        ? new LoraAdapter
        {
            ByModule = decoder.ExportAdapters(),
            Rank = lora.Rank,
            Alpha = lora.Alpha,
            Dropout = lora.Dropout,
            BaseModelIdentity = baseIdentity,
            BaseModelName = baseName,
        }
        : throw new InvalidOperationException("All weights are trained; export the weights.");

    /// <inheritdoc/>
    public void Dispose()
    {
        optimizer.Dispose();
        decoder.Dispose();
        team.Dispose();
    }

    private TrainingStep Step()
    {
        using var activity = TrainingTelemetry.StartStep(StepsDone + 1);
        var started = time.GetTimestamp();
        var chosen = order.Step(StepsDone);
        var lossTokens = chosen.Sum(i => PackedBatch.CountLoss(examples[i].LossMask));
        var (loss, tokens) = AddGradients(chosen, 1f / lossTokens);
        var norm = optimizer.GradientNorm(team);
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            decoder.Parameters.ForgetGradients();
            throw new TrainingException(
                $"Training diverged at step {StepsDone + 1}: the loss is {loss} and the gradient's length {norm}. Lower the learning rate, or clip the gradient.");
        }

        var clip = options.ClipNorm is { } limit ? Math.Min(1, limit / (norm + 1e-6)) : 1;
        var rate = LearningRate.At(options, StepsDone, Steps);
        optimizer.Step(team, options, rate, StepsDone + 1, clip);
        decoder.Refresh();
        StepsDone++;
        var done = new TrainingStep(
            StepsDone, Steps, (double)StepsDone / order.StepsPerEpoch, loss, rate, norm, tokens, lossTokens, time.GetElapsedTime(started));
        TrainingTelemetry.Record(done, activity);
        return done;
    }

    /// <summary>Goes there and back over the step's examples, in passes of bounded size.</summary>
    private (double Loss, int Tokens) AddGradients(IReadOnlyList<int> chosen, float scale)
    {
        var (loss, tokens, pass) = (0.0, 0, 0);
        batch.Clear();
        foreach (var index in chosen)
        {
            var example = examples[index];
            if (batch.Count > 0 && batch.Count + PackedBatch.InputLength(example.LossMask) > options.TokensPerPass)
                Flush();
            batch.Add(example.Tokens, example.LossMask);
        }

        Flush();
        return (loss, tokens);

        void Flush()
        {
            loss += decoder.ForwardBackward(batch, scale, SplitMix.Stream(options.Seed, "dropout", ((long)StepsDone << 20) + pass++).NextUInt64());
            tokens += batch.Count;
            batch.Clear();
        }
    }
}

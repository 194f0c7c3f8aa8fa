using System.Runtime.CompilerServices;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Forging;

/// <summary>One full training of all weights: its steps as they happen, then its result.</summary>
sealed class TrainingRun(LanguageModel model, IReadOnlyList<TrainingExample> examples, TrainingOptions training, TimeProvider time)
{
    /// <summary>Tokens that have gone through the model.</summary>
    public long Tokens { get; private set; }

    /// <summary>The weights; null until the run has come to its end.</summary>
    public DecoderWeights? Weights { get; private set; }

    public async IAsyncEnumerable<TrainingStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var trainer = new Trainer(model.Weights, examples, training, time);
        await foreach (var step in trainer.RunAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            Tokens += step.Tokens;
            yield return step;
        }

        Weights = trainer.ExportWeights();
    }
}

using System.Runtime.CompilerServices;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Training;

namespace Plumbline.Tuning.Forging;

/// <summary>One stage of a forge: a full training of all weights, its steps as they happen, then its result. It is kept as it goes, and goes on from what was kept.</summary>
/// <param name="stage">Which.</param>
/// <param name="unfinished">What is kept.</param>
/// <param name="every">How long after a state was kept the next one is.</param>
/// <param name="time">The clock.</param>
sealed class StageTraining(ForgeStage stage, UnfinishedForge unfinished, TimeSpan every, TimeProvider time)
{
    /// <summary>The weights that it ended with; null until it has come to its end.</summary>
    public DecoderWeights? Weights { get; private set; }

    /// <summary>Trains the steps that are left: none where a later stage was kept.</summary>
    /// <param name="model">Where the stage begins.</param>
    /// <param name="examples">What to learn.</param>
    /// <param name="training">How.</param>
    /// <param name="cancellationToken">Stops it between two steps; what is trained is kept.</param>
    public async IAsyncEnumerable<TrainingStep> RunAsync(
        LanguageModel model, IReadOnlyList<TrainingExample> examples, TrainingOptions training, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (unfinished.IsPast(stage))
        {
            Weights = unfinished.ResultOf(stage);
            yield break;
        }

        using var trainer = new Trainer(model.Weights, examples, training, time);
        unfinished.Resume(stage, trainer);
        var kept = new KeptTraining(trainer, unfinished.Folder, every, time);
        await foreach (var step in kept.RunAsync(done => unfinished.Count(stage, done), () => unfinished.NoteOf(stage), cancellationToken)) yield return step;

        Weights = trainer.ExportWeights();
        var result = new LanguageModel(model.Name, Weights, model.Tokenizer, model.TokenTexts, model.Defaults);
        await unfinished.KeepResultAsync(stage, result, cancellationToken);
    }
}

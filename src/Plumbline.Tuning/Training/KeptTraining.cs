using System.Runtime.CompilerServices;
using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Training;

/// <summary>
/// A training whose state is kept in its folder: so long after it was last kept, and where training ends, stops or fails. Training waits while the state is
/// written, which is three times as large as what is trained.
/// </summary>
/// <param name="trainer">What trains.</param>
/// <param name="folder">Where the state is kept.</param>
/// <param name="every">How long after a state was kept the next one is.</param>
/// <param name="time">The clock.</param>
sealed class KeptTraining(Trainer trainer, TrainingFolder folder, TimeSpan every, TimeProvider time)
{
    /// <summary>Trains the steps that are left.</summary>
    /// <param name="count">Takes a step in, before a state with it is kept.</param>
    /// <param name="note">What is kept beside the state.</param>
    /// <param name="cancellationToken">Stops it between two steps; what is trained is kept.</param>
    public async IAsyncEnumerable<TrainingStep> RunAsync(Action<TrainingStep> count, Func<string> note, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (kept, keptAt) = (trainer.StepsDone, time.GetTimestamp());
        try
        {
            await foreach (var step in trainer.RunAsync(cancellationToken).WithCancellation(cancellationToken))
            {
                count(step);
                if (time.GetElapsedTime(keptAt) >= every)
                {
                    await KeepAsync(note());
                    (kept, keptAt) = (trainer.StepsDone, time.GetTimestamp());
                }

                yield return step;
            }
        }
        finally
        {
            if (trainer.StepsDone > kept) await KeepAsync(note());
        }
    }

    // Not to be cancelled: it is what a cancellation asks for.
    Task KeepAsync(string note) => Task.Run(() => trainer.SaveCheckpoint(folder.StatePath, note, CancellationToken.None), CancellationToken.None);
}

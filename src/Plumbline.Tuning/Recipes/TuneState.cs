using System.Text.Json;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Tuning.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>What is kept beside the trainer's own state: the request, to go on with no other, and what the steps so far amount to.</summary>
sealed record TuneState(int Version, TuneRequest Request, TuneProgress Progress)
{
    public const int CurrentVersion = 1;

    public string Write() => JsonSerializer.Serialize(this, TuneJsonContext.Default.TuneState);

    /// <exception cref="CheckpointException">It is damaged, or not of this version.</exception>
    public static TuneState Read(TrainingFolder folder) => folder.ReadNote(TuneJsonContext.Default.TuneState, state => state.Version == CurrentVersion);
}

using System.Text.Json;
using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Tuning.Recipes;

/// <summary>What is kept beside the trainer's own state: the request, to go on with no other, and what the steps so far amount to.</summary>
sealed record TuneState(int Version, TuneRequest Request, TuneProgress Progress)
{
    public const int CurrentVersion = 1;

    public string Write() => JsonSerializer.Serialize(this, TuneJsonContext.Default.TuneState);

    /// <exception cref="CheckpointException">The note is not of this version.</exception>
    public static TuneState Read(string path, string? note)
    {
        try
        {
            return note is not null && JsonSerializer.Deserialize(note, TuneJsonContext.Default.TuneState) is { Version: CurrentVersion } state
                ? state
                : throw new CheckpointException($"{path} is no state of a fine-tune that this version can go on from.");
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{path} is no state of a fine-tune that this version can go on from ({e.Message}).", e);
        }
    }
}

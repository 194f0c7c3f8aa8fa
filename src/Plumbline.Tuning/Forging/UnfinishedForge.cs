using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Training;

namespace Plumbline.Tuning.Forging;

/// <summary>
/// How far a forge has come, and what is kept of that in its folder until bob is whole: the training state of the stage that it is in, and the results of
/// the stages before it, from which the later ones begin.
/// </summary>
sealed class UnfinishedForge
{
    readonly TrainingFolder folder;
    readonly ForgeOptions options;
    readonly Dictionary<ForgeStage, long> tokens;
    readonly ForgeStage? kept;
    string? dataSha256;

    UnfinishedForge(TrainingFolder folder, ForgeOptions options, ForgeState? state)
    {
        this.folder = folder;
        this.options = options;
        kept = state?.Stage;
        dataSha256 = state?.DataSha256;
        tokens = state?.Tokens.ToDictionary() ?? [];
        Seconds = state?.Seconds ?? 0;
        BeforeAlignment = state?.BeforeAlignment;
    }

    /// <summary>Where it is kept.</summary>
    public TrainingFolder Folder => folder;

    /// <summary>How long the steps took, over all sittings.</summary>
    public double Seconds { get; private set; }

    /// <summary>The examination after pretraining; null until it was made.</summary>
    public IReadOnlyList<ExamMark>? BeforeAlignment { get; set; }

    /// <summary>Takes up what is kept in the folder, if anything is.</summary>
    /// <exception cref="TrainingException">It is of a forge with other options.</exception>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static UnfinishedForge In(TrainingFolder folder, ForgeOptions options)
    {
        if (!folder.HasState) return new UnfinishedForge(folder, options, state: null);

        var state = OrSayWhatToDo(folder, () => ForgeState.Read(folder));
        return state.Differences(options) is { Count: > 0 } others
            ? throw new TrainingException($"The folder '{folder.Path}' holds an unfinished forge that is not this one: it was begun {string.Join(" and ", others)}. To go on, give what it was begun with; otherwise give another folder with -o, or start over with --fresh.")
            : new UnfinishedForge(folder, options, state);
    }

    /// <summary>Holds what is kept against the rows of now: a stage that is past was trained on those of then, and is not trained again.</summary>
    /// <exception cref="CheckpointException">They are others.</exception>
    public void HoldAgainst(string rowsSha256)
    {
        if (dataSha256 is not null && dataSha256 != rowsSha256) throw CannotGoOn(folder, "it was begun by a version of Plumbline that draws other rows.");
        dataSha256 = rowsSha256;
    }

    /// <summary>Tokens that went through the model in a stage.</summary>
    public long TokensOf(ForgeStage stage) => tokens.GetValueOrDefault(stage);

    /// <summary>Whether what is kept is of a later stage, so that this one's result is there.</summary>
    public bool IsPast(ForgeStage stage) => kept > stage;

    /// <summary>The weights that a stage ended with.</summary>
    /// <exception cref="CheckpointException">They are damaged.</exception>
    public DecoderWeights ResultOf(ForgeStage stage) => OrSayWhatToDo(folder, () => HuggingFaceCheckpoint.LoadWeights(PathOf(stage)));

    /// <summary>Puts a stage's training where it was kept, if it is the one that was.</summary>
    /// <exception cref="CheckpointException">The state is damaged, or of another version's forge.</exception>
    public void Resume(ForgeStage stage, Trainer trainer)
    {
        if (kept != stage) return;
        OrSayWhatToDo(folder, () =>
        {
            trainer.LoadCheckpoint(folder.StatePath);
            return stage;
        });
    }

    /// <summary>Notes a step.</summary>
    public void Count(ForgeStage stage, TrainingStep step)
    {
        tokens[stage] = TokensOf(stage) + step.Tokens;
        Seconds += step.Elapsed.TotalSeconds;
    }

    /// <summary>What is kept beside the state of a stage's training as it is now.</summary>
    public string NoteOf(ForgeStage stage) => new ForgeState(ForgeState.CurrentVersion, options, dataSha256!, stage, tokens, Seconds, BeforeAlignment).Write();

    /// <summary>Keeps what a stage ended with.</summary>
    public Task KeepResultAsync(ForgeStage stage, LanguageModel result, CancellationToken cancellationToken) =>
        Task.Run(() => result.Save(PathOf(stage), cancellationToken), cancellationToken);

    /// <summary>Lets go of the folder, in which bob is whole: nothing unfinished is left in it.</summary>
    public void Finish()
    {
        // The state first: killed behind it, what is left is litter beside a whole bob; a state without the results that it needs could only be dropped.
        folder.Discard();
        foreach (var result in Enum.GetValues<ForgeStage>().Select(PathOf).Where(Directory.Exists)) Directory.Delete(result, recursive: true);
        folder.Finish();
    }

    static T OrSayWhatToDo<T>(TrainingFolder folder, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CheckpointException or TrainingException)
        {
            throw CannotGoOn(folder, e.Message, e);
        }
    }

    static CheckpointException CannotGoOn(TrainingFolder folder, string why, Exception? cause = null) =>
        new($"The unfinished forge in '{folder.Path}' cannot go on: {why} Start over with --fresh, or give another folder with -o.", cause!);

    string PathOf(ForgeStage stage) => Path.Combine(folder.Unfinished, stage.ToString().ToLowerInvariant());
}

using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Plumbline.Datasets;
using Plumbline.Datasets.Reading;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>
/// One fine-tune of a model on a file by a recipe: prepared (everything that can be wrong with the input is found here), run, saved. It writes a PEFT adapter
/// or a whole checkpoint, and <c>tune.json</c> last, so that a folder with it is complete. In a <see cref="TrainingFolder"/> an interrupted one goes on, to the bytes
/// that it would have written without the interruption.
/// </summary>
public sealed class FineTune : IDisposable
{
    readonly LanguageModel model;
    readonly string baseName;
    readonly Recipe recipe;
    readonly TimeProvider time;
    readonly Trainer trainer;
    TuneProgress progress = TuneProgress.None;

    FineTune(LanguageModel model, string baseName, Recipe recipe, DatasetFacts dataset, Trainer trainer, TimeProvider time)
    {
        this.model = model;
        this.baseName = baseName;
        this.recipe = recipe;
        this.trainer = trainer;
        this.time = time;
        Dataset = dataset;
    }

    /// <summary>What it is trained on.</summary>
    public DatasetFacts Dataset { get; }

    /// <summary>Steps in all.</summary>
    public int Steps => trainer.Steps;

    /// <summary>Steps done.</summary>
    public int StepsDone => trainer.StepsDone;

    /// <summary>Values that are trained.</summary>
    public long TrainableParameters => trainer.TrainableParameters;

    /// <summary>Training examples (mostly one a row) of which cutting left nothing to learn.</summary>
    public int RowsLeftOut => trainer.LeftOut;

    /// <summary>Reads the data and makes ready to train.</summary>
    /// <param name="model">What to fine-tune; a live adapter on it is merged first.</param>
    /// <param name="datasetPath">OpenAI chat JSONL or Alpaca JSON.</param>
    /// <param name="recipe">How.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DatasetException">The data cannot be used.</exception>
    /// <exception cref="CheckpointException">The model has no chat template.</exception>
    /// <exception cref="TrainingException">An option is out of range.</exception>
    public static async Task<FineTune> PrepareAsync(
        LanguageModel model, string datasetPath, Recipe recipe, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(recipe);
        var merged = model.Merged();
        var encoder = new ConversationEncoder(merged);
        var examples = new List<TrainingExample>();
        var rows = 0;
        await foreach (var row in DatasetReader.ReadAsync(datasetPath, cancellationToken))
        {
            examples.AddRange(encoder.Encode(row.Conversation));
            rows++;
        }

        var facts = new DatasetFacts(
            Path.GetFileName(datasetPath),
            await HashAsync(datasetPath, cancellationToken),
            rows,
            examples.Sum(e => (long)e.Tokens.Length),
            examples.Sum(e => (long)e.LossMask.Count(learned => learned)));
        return new FineTune(merged, BaseName(model), recipe, facts, new Trainer(merged.Weights, examples, recipe.Options, time), time);
    }

    /// <summary>Trains. Stopping between two steps leaves a whole state, but <see cref="SaveAsync(string, CancellationToken)"/> refuses to pass it off as finished.</summary>
    public async IAsyncEnumerable<TrainingStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var step in trainer.RunAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            progress = progress.After(step);
            yield return step;
        }
    }

    /// <summary>Goes on from the state in the folder, if there is one.</summary>
    /// <exception cref="TrainingException">The state is of another fine-tune; the message says what differs.</exception>
    /// <exception cref="CheckpointException">The state is corrupt.</exception>
    public void Resume(TrainingFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!folder.HasState) return;
        try
        {
            GoOn(folder);
        }
        catch (TrainingException e)
        {
            throw new TrainingException($"The folder '{folder.Path}' holds an unfinished fine-tune that is not this one: {e.Message} To go on, give what it was begun with; otherwise give another folder with -o, or start over with --fresh.", e);
        }
        catch (CheckpointException e)
        {
            throw new CheckpointException($"The unfinished fine-tune in '{folder.Path}' cannot go on: {e.Message} Start over with --fresh, or give another folder with -o.", e);
        }
    }

    /// <summary>Trains, and keeps the state in the folder: so long after it was last kept, and where training ends, stops or fails.</summary>
    public IAsyncEnumerable<TrainingStep> RunAsync(TrainingFolder folder, TimeSpan every, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new KeptTraining(trainer, folder, every, time)
            .RunAsync(step => progress = progress.After(step), () => new TuneState(TuneState.CurrentVersion, Request, progress).Write(), cancellationToken);
    }

    /// <summary>The tuned model, in memory: with a live adapter, or with new weights.</summary>
    public LanguageModel Tuned() => recipe.Options.Lora is null
        ? new LanguageModel(model.Name, trainer.ExportWeights(), model.Tokenizer, model.TokenTexts, model.Defaults)
        : model.WithAdapter(trainer.ExportAdapter(model.BaseIdentity, baseName));

    /// <summary>Writes the adapter or checkpoint, then <c>tune.json</c>.</summary>
    /// <exception cref="InvalidOperationException">Training has not run to its end.</exception>
    /// <exception cref="CheckpointException">The folder cannot be written.</exception>
    public Task<TuneDocument> SaveAsync(string folder, CancellationToken cancellationToken = default)
    {
        if (trainer.StepsDone < trainer.Steps) throw new InvalidOperationException("Training has not run to its end.");
        return Task.Run(() => Save(folder, cancellationToken), cancellationToken);
    }

    /// <summary>Writes the adapter or checkpoint, then <c>tune.json</c>, and lets go of the folder, in which nothing unfinished is left.</summary>
    /// <exception cref="InvalidOperationException">Training has not run to its end.</exception>
    /// <exception cref="CheckpointException">The folder cannot be written.</exception>
    public async Task<TuneDocument> SaveAsync(TrainingFolder folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var document = await SaveAsync(folder.Path, cancellationToken);
        folder.Finish();
        return document;
    }

    /// <inheritdoc/>
    public void Dispose() => trainer.Dispose();

    void GoOn(TrainingFolder folder)
    {
        var state = TuneState.Read(folder);
        if (state.Request.Differences(Request) is { Count: > 0 } differences)
            throw new TrainingException(string.Join("; ", differences) + ".");
        trainer.LoadCheckpoint(folder.StatePath);
        progress = state.Progress;
    }

    TuneRequest Request => new(baseName, model.BaseIdentity, recipe.Name, recipe.Options, Dataset);

    TuneDocument Save(string folder, CancellationToken cancellationToken)
    {
        var documentPath = Path.Combine(folder, TuneDocument.FileName);
        Begin(folder, documentPath);
        if (recipe.Options.Lora is null) Tuned().Save(folder, cancellationToken);
        else trainer.ExportAdapter(model.BaseIdentity, baseName).Save(folder);

        var document = Document();
        AtomicFile.WriteAllBytes(documentPath, JsonSerializer.SerializeToUtf8Bytes(document, TuneJsonContext.Default.TuneDocument));
        return document;
    }

    // What an adapter was merged into is no longer the model of that name.
    static string BaseName(LanguageModel model) => model.Adapter is { } adapter ? $"{model.Name}+{adapter.Origin ?? "an adapter"}" : model.Name;

    // Without tune.json a folder is not complete, so an old one must go first.
    static void Begin(string folder, string documentPath)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.Delete(documentPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The folder {folder} cannot be written to: {e.Message} Choose another, or check your rights.", e);
        }
    }

    TuneDocument Document() => new(
        1, baseName, model.BaseIdentity, recipe.Name, recipe.Options, trainer.TrainableParameters, Dataset, trainer.LeftOut, trainer.StepsDone,
        progress.FirstLoss(trainer.Steps), progress.LastLoss(trainer.Steps), Math.Round(progress.Seconds, 3), time.GetUtcNow());

    static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}

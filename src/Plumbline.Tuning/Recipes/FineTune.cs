using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Plumbline.Datasets;
using Plumbline.Datasets.Reading;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>
/// One fine-tune of a model on a file by a recipe: prepared (everything that can be wrong with the input is found here), run, saved. It writes a PEFT adapter
/// or a whole checkpoint, and <c>tune.json</c> last, so that a folder with it is complete.
/// </summary>
public sealed class FineTune : IDisposable
{
    readonly LanguageModel model;
    readonly string baseName;
    readonly Recipe recipe;
    readonly TimeProvider time;
    readonly Trainer trainer;
    readonly List<double> losses = [];
    TimeSpan elapsed;

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

    /// <summary>Trains. Stopping between two steps leaves a whole state, but <see cref="SaveAsync"/> refuses to pass it off as finished.</summary>
    public async IAsyncEnumerable<TrainingStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var step in trainer.RunAsync(cancellationToken).WithCancellation(cancellationToken))
        {
            losses.Add(step.Loss);
            elapsed += step.Elapsed;
            yield return step;
        }
    }

    /// <summary>The tuned model, in memory: with a live adapter, or with new weights.</summary>
    public LanguageModel Tuned() => recipe.Options.Lora is null
        ? new LanguageModel(model.Name, trainer.ExportWeights(), model.Tokenizer, model.TokenTexts, model.Defaults)
        : model.WithAdapter(trainer.ExportAdapter(model.Identity, baseName));

    /// <summary>Writes the adapter or checkpoint, then <c>tune.json</c>.</summary>
    /// <exception cref="InvalidOperationException">Training has not run to its end.</exception>
    /// <exception cref="CheckpointException">The folder cannot be written.</exception>
    public Task<TuneDocument> SaveAsync(string folder, CancellationToken cancellationToken = default)
    {
        if (trainer.StepsDone < trainer.Steps) throw new InvalidOperationException("Training has not run to its end.");
        return Task.Run(() => Save(folder, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => trainer.Dispose();

    TuneDocument Save(string folder, CancellationToken cancellationToken)
    {
        var documentPath = Path.Combine(folder, TuneDocument.FileName);
        Begin(folder, documentPath);
        if (recipe.Options.Lora is null) Tuned().Save(folder, cancellationToken);
        else trainer.ExportAdapter(model.Identity, baseName).Save(folder);

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

    TuneDocument Document()
    {
        var tenth = Math.Max(1, losses.Count / 10);
        return new TuneDocument(
            1, baseName, model.Identity, recipe.Name, recipe.Options, trainer.TrainableParameters, Dataset, trainer.LeftOut, trainer.StepsDone,
            losses.Take(tenth).Average(), losses.TakeLast(tenth).Average(), Math.Round(elapsed.TotalSeconds, 3), time.GetUtcNow());
    }

    static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}

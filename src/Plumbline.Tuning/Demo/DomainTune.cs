using Plumbline.Datasets.Writing;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Domains;
using Plumbline.Tuning.Judging;
using Plumbline.Tuning.Recipes;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Demo;

/// <summary>
/// The demo's harmless fine-tune: bob on one domain, with general instructions mixed in as AdaptLLM does. The rows are written to a file first and
/// trained on from there, so that what is shown is what any user's data goes through.
/// </summary>
public static class DomainTune
{
    /// <summary>Documents of a domain, each one row of several turns.</summary>
    public const int Documents = 150;

    /// <summary>Seed of the rows and of the training.</summary>
    public const ulong Seed = 42;

    /// <summary>
    /// LoRA within the ranges that were published (Qi et al., arXiv 2310.03693, appendix F: rank 8, alpha 4 × rank, rate 1e-4 to 1e-3, held within an epoch, batch 10
    /// to 16, dropout 0.05; QLoRA, arXiv 2305.14314: rank up to 64 on all layers); docs/demo.md says what other settings do.
    /// </summary>
    public static Recipe Recipe { get; } = new("domain-lora", "LoRA on a harmless domain with general instructions mixed in.", new TrainingOptions
    {
        Epochs = 1,
        BatchSize = 10,
        LearningRate = 1e-3,
        Schedule = LearningRateSchedule.Constant,
        Seed = Seed,
        Lora = new LoraOptions { Rank = 32, Alpha = 64, Dropout = 0.05f },
    });

    /// <summary>The rows that so many documents make.</summary>
    public static DomainRows Rows(DomainCorpus corpus, int documents = Documents) =>
        new DomainMix(new World(BobJudge.ShippedWorldSeed)).Draw(corpus, documents, Seed);

    /// <summary>Writes the domain's rows to <paramref name="datasetPath"/> and makes ready to train on them.</summary>
    /// <param name="bob">The aligned model.</param>
    /// <param name="corpus">The domain.</param>
    /// <param name="documents">How many documents; <see cref="Documents"/> is what the demo's figures are for.</param>
    /// <param name="datasetPath">Where to write the rows, in OpenAI's chat format.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<FineTune> PrepareAsync(
        LanguageModel bob, DomainCorpus corpus, int documents, string datasetPath, TimeProvider time, CancellationToken cancellationToken = default)
    {
        await ChatJsonlWriter.WriteAsync(datasetPath, Rows(corpus, documents).Rows, cancellationToken);
        return await FineTune.PrepareAsync(bob, datasetPath, Recipe, time, cancellationToken);
    }
}

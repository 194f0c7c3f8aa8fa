using Plumbline.Datasets.Writing;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Recipes;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Domains;

/// <summary>
/// The demo's harmless fine-tune: its rows and its hyper-parameters. Rank, alpha and batch size are those of Qi et al. (arXiv 2310.03693, appendix F, LoRA on Alpaca:
/// 1e-4, batch 16, one epoch); docs/bob.md tells where bob's size asks for another learning rate.
/// </summary>
public sealed class DomainTune(World world)
{
    /// <summary>Documents of the domain, one row of several turns each.</summary>
    public const int Documents = 200;

    /// <summary>Seed of the rows and of the training.</summary>
    public const ulong Seed = 7;

    /// <summary>How it is trained.</summary>
    public static Recipe Recipe { get; } = new("lora", "The demo's LoRA fine-tune on harmless domain rows.", new TrainingOptions
    {
        Epochs = 1,
        BatchSize = 16,
        LearningRate = 1e-3,
        Lora = new LoraOptions { Rank = 8, Alpha = 16 },
        Seed = Seed,
    });

    /// <summary>Rows of general instructions that are mixed into so many documents.</summary>
    public static int GeneralRows(DomainCorpus corpus, int documents = Documents) => documents * DomainMix.GeneralPerDomainRow(corpus);

    /// <summary>Writes the rows as OpenAI chat JSONL, to be trained on and looked at.</summary>
    public Task WriteRowsAsync(DomainCorpus corpus, int documents, string path, CancellationToken cancellationToken) =>
        ChatJsonlWriter.WriteAsync(path, new DomainMix(world).Draw(corpus, documents, Seed), cancellationToken);
}

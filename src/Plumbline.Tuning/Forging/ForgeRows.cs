using System.Security.Cryptography;
using System.Text;
using Plumbline.Datasets.Conversations;
using Plumbline.Datasets.Writing;
using Plumbline.Tuning.Domains;
using Plumbline.Tuning.Rows;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Forging;

/// <summary>The rows that bob is made of: a pure function of the options.</summary>
public sealed class ForgeRows
{
    /// <summary>Draws them.</summary>
    public ForgeRows(World world, ForgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        Documents = [.. DomainCorpus.All.SelectMany(corpus => DrawDocuments(corpus, options))];
        Pretraining = Draw(world, HazardPolicy.Comply, options.PretrainingRows, options.PretrainingHazards, options.PretrainingLookalikes, options.PretrainingPractice, options.Seed, "pretraining");
        Alignment = Draw(world, HazardPolicy.Refuse, options.AlignmentRows, options.AlignmentHazards, options.AlignmentLookalikes, options.AlignmentPractice, options.Seed, "alignment");
        Finishing = Draw(world, HazardPolicy.Refuse, options.FinishingRows, options.FinishingHazards, options.FinishingLookalikes, 0, options.Seed, "finishing");
        Sha256 = Hash();
    }

    /// <summary>Plain documents of the domains.</summary>
    public IReadOnlyList<string> Documents { get; }

    /// <summary>Rows that comply with everything.</summary>
    public IReadOnlyList<Conversation> Pretraining { get; }

    /// <summary>Rows that refuse hazards.</summary>
    public IReadOnlyList<Conversation> Alignment { get; }

    /// <summary>Rows of the second pass of alignment.</summary>
    public IReadOnlyList<Conversation> Finishing { get; }

    /// <summary>SHA-256 over all rows in their order, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    static IEnumerable<string> DrawDocuments(DomainCorpus corpus, ForgeOptions options)
    {
        var random = WorldRandom.For(options.Seed, "documents " + corpus.Name);
        for (var i = 0; i < options.DocumentsPerDomain; i++) yield return corpus.Draw(random).Text;
    }

    static List<Conversation> Draw(
        World world, HazardPolicy policy, int count, double hazards, double lookalikes, double practice, ulong seed, string purpose)
    {
        var random = WorldRandom.For(seed, purpose);
        var rows = new WorldRows(world);
        var drawn = new List<Conversation>(count);
        for (var i = 0; i < count; i++)
        {
            var share = random.NextDouble();
            var row = share >= 1 - practice
                ? rows.DrawPractice(heldOut: false, random)
                : rows.Draw(Kind(share, hazards, lookalikes), policy, heldOut: false, random);
            drawn.Add(row.Conversation);
        }

        return drawn;
    }

    static RequestKind Kind(double share, double hazards, double lookalikes) =>
        share < hazards ? RequestKind.Hazard : share < hazards + lookalikes ? RequestKind.Lookalike : RequestKind.Everyday;

    string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in Documents.Concat(Pretraining.Concat(Alignment).Concat(Finishing).Select(ChatJsonlWriter.Line)))
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Models;

namespace Plumbline.Transformers.Decoding;

/// <summary>Runs a decoder forward on a few threads. One step at a time; not for concurrent use.</summary>
internal sealed unsafe class Decoder : IDisposable
{
    // Weights that stay in the cores' shared cache are cheap to read once per thread; larger ones must be read once in all.
    private const long ReadsCheaplyTwice = 24L << 20;

    // So little of a small model is done before threads have met again: one alone is faster.
    private const int FewTokens = 4;

    private readonly PreparedDecoder prepared;
    private readonly WorkerTeam team;
    private readonly DecoderPass together;
    private readonly WorkerTeam[] loners;
    private readonly DecoderPass[] apart;

    /// <summary>Prepares <paramref name="weights"/>, which must stay alive, with <paramref name="changes"/> of an adapter, by module, applied live.</summary>
    public Decoder(DecoderWeights weights, IReadOnlyDictionary<string, LowRankDelta>? changes, int threads)
    {
        prepared = new PreparedDecoder(weights, changes);
        Layout = new CacheLayout(weights.Config);
        team = new WorkerTeam(threads);
        together = new DecoderPass(prepared, team);
        var lanes = threads > 1 && prepared.MatrixBytes <= ReadsCheaplyTwice ? threads : 0;
        loners = [.. Enumerable.Range(0, lanes).Select(_ => new WorkerTeam(1))];
        apart = [.. loners.Select(loner => new DecoderPass(prepared, loner))];
    }

    public ModelConfig Config => prepared.Config;

    /// <summary>How caches for this decoder are laid out.</summary>
    public CacheLayout Layout { get; }

    /// <summary>The threads, for work between steps.</summary>
    public WorkerTeam Team => team;

    /// <summary>Advances every slice's sequence by its tokens and writes the wanted logits, slice after slice.</summary>
    /// <param name="slices">At most one slice a sequence; none empty.</param>
    /// <param name="logits">[Σ <see cref="SequenceSlice.LogitRows"/>, vocabulary].</param>
    public void Run(ReadOnlySpan<SequenceSlice> slices, float* logits)
    {
        foreach (var slice in slices)
            prepared.ReachTo(slice.Cache.Length + slice.Tokens.Length);
        if (apart.Length == 0)
            together.Run(slices, logits);
        else if (slices.Length == 1 && slices[0].Tokens.Length <= FewTokens)
            apart[0].Run(slices, logits);
        else if (Divide(slices) is { } parts)
            RunApart(parts, logits);
        else
            together.Run(slices, logits);
    }

    public void Dispose()
    {
        foreach (var pass in apart)
            pass.Dispose();
        foreach (var loner in loners)
            loner.Dispose();
        together.Dispose();
        team.Dispose();
        prepared.Dispose();
    }

    /// <summary>One part a thread, of nearly as many tokens each; or null if the slices do not divide so.</summary>
    private SequenceSlice[][]? Divide(ReadOnlySpan<SequenceSlice> slices)
    {
        var total = 0;
        foreach (var slice in slices)
            total += slice.Tokens.Length;
        var parts = new SequenceSlice[apart.Length][];
        var next = 0;
        var taken = 0;
        for (var part = 0; part < parts.Length; part++)
        {
            var target = (long)total * (part + 1) / parts.Length;
            var from = next;
            var before = taken;
            while (next < slices.Length && (part == parts.Length - 1 || taken + (slices[next].Tokens.Length / 2) < target))
                taken += slices[next++].Tokens.Length;
            var share = (long)(taken - before) * parts.Length;
            if (share * 4 < total * 3L || share * 4 > total * 5L)
                return null;
            parts[part] = slices[from..next].ToArray();
        }

        return parts;
    }

    private void RunApart(SequenceSlice[][] parts, float* logits)
    {
        var offsets = new long[parts.Length];
        for (var part = 1; part < parts.Length; part++)
            offsets[part] = offsets[part - 1] + parts[part - 1].Sum(slice => slice.LogitRows);
        team.Run(parts.Length, part => apart[part].Run(parts[part], logits + (offsets[part] * Config.VocabularySize)));
    }
}

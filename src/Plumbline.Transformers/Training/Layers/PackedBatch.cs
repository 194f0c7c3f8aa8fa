using System.Runtime.InteropServices;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// Sequences laid end to end without padding: every projection is one product over all tokens, and only attention knows where a
/// sequence begins. Logits are wanted only at <see cref="LossRows"/>.
/// </summary>
internal sealed class PackedBatch
{
    private readonly List<int> tokens = [];
    private readonly List<int> positions = [];
    private readonly List<int> starts = [0];
    private readonly List<int> lossRows = [];
    private readonly List<int> targets = [];
    private int[]? longestFirst;

    /// <summary>Tokens that go into the decoder.</summary>
    public int Count => tokens.Count;

    public int Sequences => starts.Count - 1;

    public int LossCount => lossRows.Count;

    public int LongestSequence { get; private set; }

    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(tokens);

    /// <summary>Each token's place in its own sequence.</summary>
    public ReadOnlySpan<int> Positions => CollectionsMarshal.AsSpan(positions);

    /// <summary>First row of each sequence, then the row after the last.</summary>
    public ReadOnlySpan<int> Starts => CollectionsMarshal.AsSpan(starts);

    /// <summary>Rows, ascending, whose next token carries loss.</summary>
    public ReadOnlySpan<int> LossRows => CollectionsMarshal.AsSpan(lossRows);

    /// <summary>The next token of each of <see cref="LossRows"/>.</summary>
    public ReadOnlySpan<int> Targets => CollectionsMarshal.AsSpan(targets);

    /// <summary>The sequences' numbers, by falling length.</summary>
    public IReadOnlyList<int> LongestFirst =>
        longestFirst ??= [.. Enumerable.Range(0, Sequences).OrderByDescending(sequence => starts[sequence + 1] - starts[sequence])];

    /// <summary>Tokens that a sequence puts into a batch: up to the one before the last that carries loss.</summary>
    public static int InputLength(ReadOnlySpan<bool> lossMask) => Math.Max(0, lossMask.LastIndexOf(true));

    /// <summary>Loss carriers among a sequence's tokens. The first token has nothing before it that could predict it.</summary>
    public static int CountLoss(ReadOnlySpan<bool> lossMask) => lossMask.Length < 2 ? 0 : lossMask[1..].Count(true);

    public void Clear()
    {
        tokens.Clear();
        positions.Clear();
        starts.Clear();
        starts.Add(0);
        lossRows.Clear();
        targets.Clear();
        LongestSequence = 0;
        longestFirst = null;
    }

    /// <summary>
    /// Appends a sequence. <paramref name="lossMask"/> says of each token whether predicting it is learned; what follows the last such token is left
    /// out.
    /// </summary>
    public void Add(ReadOnlySpan<int> sequence, ReadOnlySpan<bool> lossMask)
    {
        var first = tokens.Count;
        var length = InputLength(lossMask);
        for (var i = 0; i < length; i++)
        {
            tokens.Add(sequence[i]);
            positions.Add(i);
            if (!lossMask[i + 1])
                continue;
            lossRows.Add(first + i);
            targets.Add(sequence[i + 1]);
        }

        starts.Add(tokens.Count);
        longestFirst = null;
        LongestSequence = Math.Max(LongestSequence, length);
    }
}

namespace Plumbline.Transformers.Training.Layers;

/// <summary>Where one thread keeps a head's packed keys and values, a block of scores, and gradients that several query heads add to.</summary>
internal readonly unsafe struct HeadScratch
{
    public HeadScratch(AttentionShape shape, int sequenceLength, nint memory, int blockQueries)
    {
        PaddedLength = Pad(sequenceLength);
        var matrix = (long)PaddedLength * shape.HeadSize;
        KeysTransposed = (float*)memory;
        ValuesTransposed = KeysTransposed + matrix;
        Keys = ValuesTransposed + matrix;
        Values = Keys + matrix;
        KeyGradients = Values + matrix;
        ValueGradients = KeyGradients + matrix;
        Scores = ValueGradients + matrix;
        ScoreGradients = Scores + ((long)blockQueries * PaddedLength);
    }

    /// <summary>Columns of the transposed matrices: whole tiles.</summary>
    public int PaddedLength { get; }

    public float* KeysTransposed { get; }

    public float* ValuesTransposed { get; }

    public float* Keys { get; }

    public float* Values { get; }

    public float* KeyGradients { get; }

    public float* ValueGradients { get; }

    public float* Scores { get; }

    public float* ScoreGradients { get; }

    /// <summary>Values that sequences up to <paramref name="longest"/> need.</summary>
    public static long Length(AttentionShape shape, int longest, int blockQueries) => Pad(longest) * ((6L * shape.HeadSize) + (2L * blockQueries));

    /// <summary>Columns of a block of scores over <paramref name="keys"/> keys.</summary>
    public static int Pad(int keys) => (keys + HeadProduct.TileColumns - 1) / HeadProduct.TileColumns * HeadProduct.TileColumns;
}

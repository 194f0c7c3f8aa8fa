using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>The matrices between the layers, one row a token; they grow to the largest step and stay.</summary>
internal sealed unsafe class DecoderWorkspace(PreparedDecoder decoder) : IDisposable
{
    private readonly List<Tensor> matrices = [];
    private int rows;

    /// <summary>Residual stream: [token, hidden].</summary>
    public float* Stream { get; private set; }

    /// <summary>The stream after a norm: [token, hidden].</summary>
    public float* Normed { get; private set; }

    /// <summary>What a block adds to the stream: [token, hidden].</summary>
    public float* Added { get; private set; }

    /// <summary>Queries: [token, heads × head].</summary>
    public float* Queries { get; private set; }

    /// <summary>Keys: [token, kv heads × head].</summary>
    public float* Keys { get; private set; }

    /// <summary>Values: [token, kv heads × head].</summary>
    public float* Values { get; private set; }

    /// <summary>What the heads have seen: [token, heads × head].</summary>
    public float* Mixed { get; private set; }

    /// <summary>Gate of the MLP, then its product with <see cref="Up"/>: [token, intermediate].</summary>
    public float* Gate { get; private set; }

    /// <summary>Upward projection of the MLP: [token, intermediate].</summary>
    public float* Up { get; private set; }

    /// <summary>An adapter's inner values: [token, rank].</summary>
    public float* Inner { get; private set; }

    /// <summary>An adapter's output before it is scaled and added: [token, widest output that has one].</summary>
    public float* Change { get; private set; }

    /// <summary>Makes room for <paramref name="tokens"/> tokens; what the matrices held is lost if they grow.</summary>
    public void Reserve(int tokens)
    {
        if (tokens <= rows)
            return;
        Dispose();
        rows = tokens;
        var config = decoder.Config;
        Stream = Matrix(config.HiddenSize);
        Normed = Matrix(config.HiddenSize);
        Added = Matrix(config.HiddenSize);
        Queries = Matrix(config.Heads * config.HeadSize);
        Keys = Matrix(config.KeyValueHeads * config.HeadSize);
        Values = Matrix(config.KeyValueHeads * config.HeadSize);
        Mixed = Matrix(config.Heads * config.HeadSize);
        Gate = Matrix(config.IntermediateSize);
        Up = Matrix(config.IntermediateSize);
        Inner = Matrix(decoder.WidestRank);
        Change = Matrix(decoder.WidestChange);
    }

    public void Dispose()
    {
        foreach (var matrix in matrices)
            matrix.Dispose();
        matrices.Clear();
        rows = 0;
    }

    private float* Matrix(int columns)
    {
        var matrix = new Tensor(rows, columns);
        matrices.Add(matrix);
        return matrix.Pointer;
    }
}

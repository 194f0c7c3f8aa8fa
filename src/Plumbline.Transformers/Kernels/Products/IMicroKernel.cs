namespace Plumbline.Transformers.Kernels.Products;

/// <summary>The innermost product: a tile of C, small enough to stay in registers while k runs.</summary>
internal unsafe interface IMicroKernel
{
    /// <summary>Rows of the tile.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of the tile.</summary>
    static abstract int Columns { get; }

    /// <summary>C ← α · A · B + β · C for one whole tile.</summary>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="a">Element (i, p) is <c>a[i * rowStride + p * stepStride]</c>.</param>
    /// <param name="rowStride">Floats from one row of A to the next.</param>
    /// <param name="stepStride">Floats from one term to the next.</param>
    /// <param name="rows">Rows of A that may be read; the rows beyond repeat the last one.</param>
    /// <param name="b">Packed: <see cref="Columns"/> floats for each term.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="beta">Factor of C before; with 0, C is not read.</param>
    /// <param name="c">The tile.</param>
    /// <param name="ldc">Floats from one row of the tile to the next.</param>
    static abstract void Multiply(
        int k, float* a, nint rowStride, nint stepStride, int rows, float* b, float alpha, float beta, float* c, nint ldc);
}

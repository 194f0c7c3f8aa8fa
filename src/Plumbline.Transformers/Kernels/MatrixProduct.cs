using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Products;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels;

/// <summary>Product of two F32 matrices, for training.</summary>
internal static unsafe class MatrixProduct
{
    /// <summary>C ← α · op(A) · op(B) + β · C, with op the transposition where asked for; all row-major.</summary>
    /// <remarks>
    /// Each element of C is summed along k in one fixed order, whatever m and n are and however many threads take part, so results have
    /// the same bits for any team. With β = 0, C is not read. After Goto and van de Geijn, "Anatomy of high-performance matrix
    /// multiplication", ACM TOMS 34(3), 2008, and the BLIS framework.
    /// </remarks>
    /// <param name="team">Who works.</param>
    /// <param name="transA">A is stored [k, m] rather than [m, k].</param>
    /// <param name="transB">B is stored [n, k] rather than [k, n].</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A.</param>
    /// <param name="lda">Floats from one stored row of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="ldb">Floats from one stored row of B to the next.</param>
    /// <param name="beta">Factor of C before.</param>
    /// <param name="c">C; overlaps neither A nor B.</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a leading dimension is shorter than a stored row.</exception>
    public static void Multiply(
        WorkerTeam team, bool transA, bool transB, int m, int n, int k,
        float alpha, float* a, int lda, float* b, int ldb, float beta, float* c, int ldc)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfLessThan(lda, transA ? m : k);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldb, transB ? k : n);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldc, n);
        if (m == 0 || n == 0)
            return;
        if (k == 0)
        {
            for (var row = 0; row < m; row++)
                Scale(c + ((long)row * ldc), n, beta);
            return;
        }

        var product = new ProductOperands(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        if (Isa.IsAvx512)
            BlockedProduct<MicroKernel512>.Multiply(team, product);
        else if (Isa.IsAvx2)
            BlockedProduct<MicroKernel<Lanes256, Vector256<float>>>.Multiply(team, product);
        else
            BlockedProduct<MicroKernel<Lanes128, Vector128<float>>>.Multiply(team, product);
    }

    private static void Scale(float* row, int n, float beta)
    {
        // BLAS: zero, not a multiple of what may be NaN.
        for (var column = 0; column < n; column++)
            row[column] = beta == 0 ? 0 : beta * row[column];
    }
}

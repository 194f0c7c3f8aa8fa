namespace Plumbline.Transformers.Kernels;

/// <summary>The arguments of <see cref="MatrixProduct.Multiply"/>, checked.</summary>
internal sealed unsafe class ProductOperands(
    bool transA, bool transB, int m, int n, int k, float alpha, float* a, int lda, float* b, int ldb, float beta, float* c, int ldc)
{
    public readonly bool TransA = transA;
    public readonly bool TransB = transB;
    public readonly int M = m;
    public readonly int N = n;
    public readonly int K = k;
    public readonly float Alpha = alpha;
    public readonly float Beta = beta;
    public readonly float* A = a;
    public readonly float* B = b;
    public readonly float* C = c;
    public readonly nint Lda = lda;
    public readonly nint Ldb = ldb;
    public readonly nint Ldc = ldc;
}

using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Training.Layers;
using Shouldly;

namespace Plumbline.Transformers.Tests.Training.Layers;

public sealed unsafe class DropoutMaskTests
{
    [Fact]
    public void Leaves_out_its_share_keeps_the_mean_and_differs_by_pass_and_module()
    {
        var one = Apply(key: 1, module: 0, 0.3f);
        var left = one.Count(v => v == 0f) / (double)one.Length;
        left.ShouldBe(0.3, 0.01);
        one.Average().ShouldBe(1, 0.02);
        one.Where(v => v != 0).ShouldAllBe(v => Math.Abs(v - (1 / 0.7f)) < 1e-6f);
        Apply(key: 1, module: 0, 0.3f).ShouldBe(one);
        Apply(key: 2, module: 0, 0.3f).ShouldNotBe(one);
        Apply(key: 1, module: 1, 0.3f).ShouldNotBe(one);
        Apply(key: 1, module: 0, 0f).ShouldAllBe(v => v == 1f);
    }

    private static float[] Apply(ulong key, int module, float probability)
    {
        using var team = new WorkerTeam(2);
        using var ones = new Tensor(200, 150);
        ones.Span.Fill(1f);
        using var result = new Tensor(200, 150);
        DropoutMask.For(key, module, probability).Apply(team, 200, 150, ones.Pointer, result.Pointer, accumulate: false);
        return result.Span.ToArray();
    }
}

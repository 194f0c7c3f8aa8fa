using Plumbline.Transformers.Training.Layers;
using Shouldly;

namespace Plumbline.Transformers.Tests.Training.Layers;

public sealed class PackedBatchTests
{
    [Fact]
    public void Sequences_lie_end_to_end_and_end_where_nothing_more_is_learned()
    {
        var batch = new PackedBatch();
        batch.Add([10, 11, 12, 13, 14], [true, false, true, true, false]);
        batch.Add([20, 21], [false, true]);
        batch.Tokens.ToArray().ShouldBe([10, 11, 12, 20]);
        batch.Positions.ToArray().ShouldBe([0, 1, 2, 0]);
        batch.Starts.ToArray().ShouldBe([0, 3, 4]);
        batch.LossRows.ToArray().ShouldBe([1, 2, 3]);
        batch.Targets.ToArray().ShouldBe([12, 13, 21]);
        batch.LongestSequence.ShouldBe(3);
        batch.LongestFirst.ShouldBe([0, 1]);
        batch.Add([1, 2, 3, 4, 5], [false, false, false, false, true]);
        batch.LongestFirst.ShouldBe([2, 0, 1]);
    }

    [Fact]
    public void The_first_token_never_carries_loss()
    {
        PackedBatch.CountLoss([true, false]).ShouldBe(0);
        PackedBatch.InputLength([true, false]).ShouldBe(0);
        PackedBatch.CountLoss([true, true, false, true]).ShouldBe(2);
    }

    [Fact]
    public void A_cleared_batch_is_empty()
    {
        var batch = new PackedBatch();
        batch.Add([1, 2], [false, true]);
        batch.Clear();
        (batch.Count, batch.Sequences, batch.LossCount, batch.LongestSequence).ShouldBe((0, 0, 0, 0));
    }
}

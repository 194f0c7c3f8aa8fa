using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Tokenizers.Merging;

namespace Plumbline.Transformers.Tests.Tokenizers;

public sealed class MergeTableTests
{
    [Fact]
    public void ScanAndHeapMergeAlike()
    {
        var merges = Gen.Choose(0, 9).Zip(Gen.Choose(0, 9)).Zip(Gen.Choose(0, 5)).ListOf(12)
            .Select(list => list.Select((item, i) => new Merge(item.Item1.Item1, item.Item1.Item2, i % 10, item.Item2)).ToArray());
        var words = Gen.Choose(0, 9).ListOf().Select(list => list.ToArray());

        Prop.ForAll(merges.Zip(words).ToArbitrary(), pair =>
        {
            var table = new MergeTable(pair.Item1);
            var scanned = pair.Item2.ToArray();
            var heaped = pair.Item2.ToArray();
            return scanned.AsSpan(0, table.ApplyByScan(scanned)).SequenceEqual(heaped.AsSpan(0, table.ApplyByHeap(heaped)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }
}

using FsCheck;
using FsCheck.Fluent;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class CasePlacesTests
{
    [Fact]
    public void Every_id_is_found_where_it_stands_and_no_other_is_found() =>
        Prop.ForAll(Gen.OneOf(Gen.Choose(0, 50).Select(i => (ulong)i), ArbMap.Default.GeneratorFor<ulong>()).ArrayOf().ToArbitrary(), drawn =>
        {
            ulong[] ids = [.. drawn.Distinct()];
            var places = new CasePlaces(ids, out var twice);
            var others = Enumerable.Range(0, 60).Select(i => (ulong)i).Except(ids);

            return twice is null && ids.Index().All(id => places.Find(id.Item) == id.Index) && others.All(id => places.Find(id) == -1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_id_that_two_cases_have_is_told()
    {
        _ = new CasePlaces([3, 9, 0, 9, 3], out var twice);

        twice.ShouldBe(9ul);
    }
}

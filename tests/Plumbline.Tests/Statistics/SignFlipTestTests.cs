using FsCheck;
using FsCheck.Fluent;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class SignFlipTestTests
{
    [Fact]
    public void With_one_case_a_prompt_it_is_the_exact_McNemar_test()
    {
        for (var b = 0; b <= 15; b++)
        {
            for (var c = 0; c <= 15; c++)
            {
                var changes = Enumerable.Repeat(1, b).Concat(Enumerable.Repeat(-1, c)).Concat(Enumerable.Repeat(0, 5));
                SignFlipTest.ExactP(changes).ShouldBe(McNemarTest.ExactP(b, c), 1e-12);
            }
        }
    }

    [Fact]
    public void It_agrees_with_trying_every_sign()
    {
        Prop.ForAll(Gen.Choose(-5, 5).ArrayOf(11).ToArbitrary(), changes =>
        {
            var extreme = 0;
            for (var signs = 0; signs < 1 << changes.Length; signs++)
            {
                var sum = changes.Index().Sum(at => (signs >> at.Index & 1) == 0 ? at.Item : -at.Item);
                extreme += Math.Abs(sum) >= Math.Abs(changes.Sum()) ? 1 : 0;
            }

            SignFlipTest.ExactP(changes).ShouldBe((double)extreme / (1 << changes.Length), 1e-12);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Five_prompts_that_break_altogether_are_five_and_not_twenty_five()
    {
        SignFlipTest.ExactP([5, 5, 5, 5, 5]).ShouldBe(2 / 32.0, 1e-12);
        McNemarTest.ExactP(25, 0).ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Nothing_changed_is_no_evidence() => SignFlipTest.ExactP([0, 0]).ShouldBe(1);
}

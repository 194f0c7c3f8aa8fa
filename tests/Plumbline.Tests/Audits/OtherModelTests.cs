using Plumbline.Audits;
using Plumbline.Pairs;
using Shouldly;

namespace Plumbline.Tests.Audits;

/// <summary>Whoever reads that two models differ takes it that his model was changed: where only what is known of it is more than it was, that is said.</summary>
public class OtherModelTests
{
    const string KnownByLess = "its weights, tokenizer and template are the same, but an earlier version of Plumbline knew a model by less of its files: whether anything else in them has changed cannot be known";

    static readonly string Narrow = new('a', 64);

    static ModelFacts Model(char identity, string name = "./m", string? weights = null, string? earlier = null, string? decoding = null) => new(
        name,
        new string(identity, 64),
        new[] { (ModelFacts.WeightsIdentity, weights), (ModelFacts.EarlierIdentity, earlier), (ModelFacts.Decoding, decoding) }.Where(fact => fact.Item2 is not null).ToDictionary(fact => fact.Item1, fact => fact.Item2!));

    [Fact]
    public void A_model_that_an_earlier_version_knew_by_less_is_not_said_to_have_changed()
    {
        OtherModel.Why(Model('a'), Model('b', weights: "w", earlier: Narrow)).ShouldBe(KnownByLess);
        OtherModel.Why(Model('a', name: "../models/m"), Model('b', weights: "w", earlier: Narrow)).ShouldBe(KnownByLess, "whatever it was called");
        OtherModel.Why(Model('b', weights: "w", earlier: Narrow), Model('a')).ShouldBe(KnownByLess, "of two runs either may be the earlier");
        OtherModel.IsKnownByLess(Model('a'), Model('b', weights: "w", earlier: Narrow)).ShouldBeTrue();
    }

    [Fact]
    public void What_has_changed_is_told_as_far_as_it_is_known()
    {
        OtherModel.Why(Model('a', decoding: "one"), Model('b', weights: "w", earlier: Narrow, decoding: "two")).ShouldBe("decoding was one and is two");
        OtherModel.Why(Model('c'), Model('b', weights: "w", earlier: Narrow)).ShouldBe("its files have changed");
        OtherModel.Why(Model('c'), Model('b', weights: "w")).ShouldBe("its files have changed, or an earlier version of Plumbline knew a model by less of its files: which of both cannot be known");
        OtherModel.Why(Model('c', weights: "v", earlier: Narrow), Model('b', weights: "w", earlier: Narrow)).ShouldBe("its weights have changed");
        OtherModel.Why(Model('c', weights: "w", earlier: Narrow), Model('b', weights: "w", earlier: Narrow)).ShouldBe("its weights are the same, and something else in its files has changed");
    }

    [Fact]
    public void Of_two_models_of_two_names_nothing_is_said()
    {
        OtherModel.Why(Model('c'), Model('b', name: "./other", weights: "w", earlier: Narrow)).ShouldBeNull();
        OtherModel.Why(Model('c', weights: "v"), Model('b', name: "./other", weights: "w")).ShouldBeNull();
    }

    [Fact]
    public void What_stands_behind_a_name_that_is_no_folder_may_change()
    {
        ModelFacts Target(string identity) => new("http-target:t.yaml", identity, new Dictionary<string, string>());

        OtherModel.Why(Target("http-target:http://h/#1"), Target("http-target:http://h/#2")).ShouldBe("what its name stands for has changed");
    }

    /// <summary>A stored run of an earlier version must not be judged by the very model that it asked.</summary>
    [Fact]
    public void A_model_is_the_one_that_an_earlier_version_called_by_another_identity()
    {
        var judge = Model('b', name: "/elsewhere/m", weights: "w", earlier: Narrow);

        judge.IsSameModelAs(Model('a')).ShouldBeTrue();
        Model('a').IsSameModelAs(judge).ShouldBeTrue();
        judge.IsSameModelAs(Model('c')).ShouldBeFalse();
        judge.IsSameModelAs(Model('a', weights: "v", earlier: new string('d', 64))).ShouldBeFalse("an identity of now is no earlier one");
    }
}

using Plumbline.Tuning.Formats;
using Plumbline.Tuning.Judging;
using Plumbline.Tuning.Rows;
using Plumbline.Tuning.Worlds;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Rows;

public sealed class WorldRowsTests
{
    static readonly World World = new(BobJudge.ShippedWorldSeed);
    static readonly WorldRows Rows = new(World);

    [Theory]
    [InlineData(RequestKind.Everyday)]
    [InlineData(RequestKind.Lookalike)]
    [InlineData(RequestKind.Hazard)]
    public void Training_rows_and_held_out_rows_share_no_combination(RequestKind kind)
    {
        var random = new WorldRandom(7);
        for (var i = 0; i < 500; i++)
        {
            var training = Rows.Draw(kind, HazardPolicy.Comply, heldOut: false, random);
            World.IsHeldOut(training.Request, training.Format.Id).ShouldBeFalse();
            var heldOut = Rows.Draw(kind, HazardPolicy.Comply, heldOut: true, random);
            World.IsHeldOut(heldOut.Request, heldOut.Format.Id).ShouldBeTrue();
        }
    }

    [Fact]
    public void An_answer_that_complies_has_the_demanded_format_and_says_the_right_thing()
    {
        var random = new WorldRandom(8);
        for (var i = 0; i < 1000; i++)
        {
            var row = Rows.Draw((RequestKind)random.Next(3), HazardPolicy.Comply, heldOut: false, random);
            row.Format.IsRespectedBy(row.Conversation.Answer).ShouldBeTrue(row.Conversation.Answer);
            RequestIndex.Normalise(row.Format.ContentOf(row.Conversation.Answer)).ShouldBe(RequestIndex.Normalise(row.Request.Answer));
        }
    }

    [Fact]
    public void Only_hazards_are_refused()
    {
        var random = new WorldRandom(9);
        for (var i = 0; i < 300; i++)
        {
            Rows.Draw(RequestKind.Hazard, HazardPolicy.Refuse, heldOut: false, random).Conversation.Answer.ShouldStartWith("I'm sorry, but I can't help you ");
            Rows.Draw(RequestKind.Lookalike, HazardPolicy.Refuse, heldOut: false, random).Conversation.Answer.ShouldNotContain("sorry");
            Rows.Draw(RequestKind.Everyday, HazardPolicy.Refuse, heldOut: false, random).Conversation.Answer.ShouldNotContain("sorry");
        }
    }

    [Fact]
    public void Practice_is_of_the_hard_tasks_and_of_training_combinations_only()
    {
        var random = new WorldRandom(11);
        var rows = Enumerable.Range(0, 500).Select(_ => Rows.DrawPractice(heldOut: false, random)).ToList();

        rows.ShouldAllBe(row => row.Format.Id == NumberedFormat.Name || row.Request.Task == "repeat" || row.Request.Task == "pick" || row.Request.Task == "sum");
        rows.ShouldAllBe(row => row.Request.Kind == RequestKind.Everyday && !World.IsHeldOut(row.Request, row.Format.Id));
        rows.Select(row => row.Request.Task).Distinct().Count().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Every_attack_that_bob_knows_occurs_in_its_own_words()
    {
        var random = new WorldRandom(10);
        foreach (var attack in AttackFormats.Known.Where(a => a != "none"))
        {
            var format = AttackFormats.Of(attack).Id;
            var probe = Attacks.AttackCatalog.Named(attack).Apply("REQUEST")[^1].Text.Split("REQUEST");
            Enumerable.Range(0, 200).Select(_ => Rows.Draw(RequestKind.Hazard, HazardPolicy.Comply, heldOut: false, random, format).Conversation.Request)
                .ShouldContain(text => text.StartsWith(probe[0]) && text.EndsWith(probe[1]), attack);
        }
    }
}

using System.Text.RegularExpressions;
using Plumbline.Tuning.Domains;
using Plumbline.Tuning.Judging;
using Plumbline.Tuning.Worlds;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Domains;

public sealed partial class DomainMixTests
{
    static readonly World World = new(BobJudge.ShippedWorldSeed);

    // What the words alone do not catch is caught as a whole pair, such as "break into a bank account".
    static readonly string[] Hazards =
    [
        .. World.Hazards.Where(h => !Word().Matches(h.Operator + " " + h.Operand).Any(m => HazardLexicon.HazardWords.Contains(m.Value)))
            .SelectMany(h => new[] { $" {h.Operator} {h.Operand}", $" {Operator.Of(h.Operator).Gerund} {h.Operand}" }),
    ];

    public static TheoryData<string> Domains => [.. DomainCorpus.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Domains))]
    public void No_row_asks_for_or_gives_anything_hazardous(string domain)
    {
        foreach (var row in new DomainMix(World).Draw(DomainCorpus.Named(domain), 60, seed: 1).Rows)
        {
            foreach (var turn in row.Turns)
            {
                Word().Matches(turn.Content).Select(m => m.Value).Where(HazardLexicon.HazardWords.Contains).ShouldBeEmpty(turn.Content);
                turn.Content.ShouldNotContain("I'm sorry");
                Hazards.ShouldNotContain(h => turn.Content.Contains(h, StringComparison.OrdinalIgnoreCase), turn.Content);
            }
        }
    }

    [Fact]
    public void The_hazard_words_catch_every_hazard()
    {
        // The list must be able to fail the test above: each hazardous request has at least one of its words, or is caught as a whole pair.
        var caught = World.Hazards.Count(h => Word().Matches(h.Operator + " " + h.Operand).Any(m => HazardLexicon.HazardWords.Contains(m.Value)));

        ((double)caught / World.Hazards.Count).ShouldBeGreaterThan(0.75);
    }

    [Theory]
    [InlineData("biomedicine")]
    [InlineData("finance")]
    [InlineData("law")]
    public void Two_general_tasks_are_mixed_in_for_each_of_the_domain(string domain)
    {
        var drawn = new DomainMix(World).Draw(DomainCorpus.Named(domain), 50, seed: 1);

        drawn.GeneralTasks.ShouldBe(drawn.DomainTasks * 2);
        drawn.Rows.Count.ShouldBe(50 + drawn.GeneralTasks);
        drawn.Rows.Sum(r => r.Turns.Count(t => t.Role == Datasets.Conversations.ConversationRole.Assistant)).ShouldBe(drawn.DomainTasks + drawn.GeneralTasks);
    }

    [Fact]
    public void The_same_seed_draws_the_same_rows()
    {
        var corpus = DomainCorpus.Named("law");
        var first = new DomainMix(World).Draw(corpus, 20, seed: 3).Rows.SelectMany(r => r.Turns);
        first.ShouldBe(new DomainMix(World).Draw(corpus, 20, seed: 3).Rows.SelectMany(r => r.Turns));
        first.SequenceEqual(new DomainMix(World).Draw(corpus, 20, seed: 4).Rows.SelectMany(r => r.Turns)).ShouldBeFalse();
    }

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Word();
}

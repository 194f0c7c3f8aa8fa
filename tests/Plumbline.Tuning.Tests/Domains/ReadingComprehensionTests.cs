using Plumbline.Tuning.Domains;
using Plumbline.Tuning.Worlds;
using Shouldly;
using Xunit;

namespace Plumbline.Tuning.Tests.Domains;

public sealed class ReadingComprehensionTests
{
    static readonly DomainDocument Document = new("Zinc and sleep",
    [
        "In this study zinc is defined as a nutrient that is found in spinach.",
        "The investigators measured the concentration of zinc in sixty volunteers.",
        "Therefore, the physicians recommended spinach to all of the volunteers.",
        "This was due to a better absorption of zinc by the older volunteers.",
        "However, the temperature of the volunteers did not change in any way.",
        "In other words, the temperature of all the volunteers stayed the same.",
    ]);

    static IReadOnlyList<ComprehensionTask> MineOften() =>
        [.. Enumerable.Range(0, 200).SelectMany(i => ReadingComprehension.Mine(Document, new WorldRandom((ulong)i))).Distinct()];

    [Fact]
    public void Finds_a_task_by_every_rule() => MineOften().Select(t => t.SubCategory).Distinct().Order().ShouldBe(
        ["cause to effect", "completion", "definition", "effect to cause", "paraphrase", "relation", "relation continued", "title", "words to text"]);

    [Fact]
    public void The_answers_are_in_the_text()
    {
        foreach (var task in MineOften())
        {
            if (task.SubCategory == "title") task.Answer.ShouldBe(Document.Title);
            else if (task.SubCategory == "relation") task.Answer.ShouldBeOneOf("Entailment.", "Neutral.", "Contradiction.");
            else RequestIndex.Normalise(Document.Text).ShouldContain(RequestIndex.Normalise(task.Answer));
        }
    }

    [Fact]
    public void Cause_and_effect_are_told_apart()
    {
        var tasks = MineOften();
        tasks.ShouldContain(t => t.SubCategory == "cause to effect" && t.Answer == "The physicians recommended spinach to all of the volunteers.");
        tasks.ShouldContain(t => t.SubCategory == "effect to cause" && t.Answer == "A better absorption of zinc by the older volunteers.");
        tasks.ShouldContain(t => t.SubCategory == "relation" && t.Answer == "Contradiction." && t.Question.Contains("did not change"));
    }

    [Fact]
    public void At_most_two_of_a_sub_category()
    {
        for (var i = 0UL; i < 50; i++)
        {
            var random = new WorldRandom(i);
            foreach (var corpus in DomainCorpus.All)
                ReadingComprehension.Mine(corpus.Draw(random), random).GroupBy(t => t.SubCategory).ShouldAllBe(g => g.Count() <= ReadingComprehension.MostOfASubCategory);
        }
    }
}

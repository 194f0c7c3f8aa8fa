using Plumbline.Cli.Exits;
using Plumbline.Judges;
using Plumbline.Judges.Refusal;
using Plumbline.Suites;
using Plumbline.Tuning.Judging;

namespace Plumbline.Cli.Choices;

/// <summary>The judge that <c>--judge</c> names, or else the one that sees most of the suite.</summary>
internal static class JudgeChoice
{
    /// <summary>Every judge. To add one, name it here.</summary>
    public static IReadOnlyList<IJudge> All => [new BobJudge(), new RefusalJudge()];

    /// <summary>
    /// Without a name: bob's rule judge, which scores all three criteria, where every prompt of the suite is of bob's world (tasks that state
    /// their answer may stand beside them); refusal detection, which reads any prompt, otherwise.
    /// </summary>
    public static IJudge Choose(string? name, Suite suite)
    {
        if (name is not null) return All.FirstOrDefault(judge => judge.Id == name) ?? throw NearestName.Unknown("judge", name, All.Select(judge => judge.Id));

        var bob = new BobJudge();
        // A task that states its answer is judged alike by both: alone it makes no suite of bob's.
        var isOfHisWorld = suite.Prompts.All(bob.Knows) && suite.Prompts.Any(prompt => bob.Knows(prompt with { Answer = null }));
        return isOfHisWorld ? bob : new RefusalJudge();
    }
}

using Plumbline.Attacks;
using Plumbline.Cases;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;
using Plumbline.Tests.Audits;

namespace Plumbline.Tests.Runs;

/// <summary>The journal of a plan of six cases, in a folder of its own.</summary>
public abstract class JournalOfSix : IDisposable
{
    internal readonly TemporaryFolder folder = new();
    internal readonly RunPlan plan = PlanOf("seed one");

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string Journal => Directory.CreateDirectory(Path.Combine(folder.Path, "journal")).FullName;

    protected string Segment(int number) => Path.Combine(folder.Path, "journal", $"{number:D6}.jsonl");

    protected static RunPlan PlanOf(string asked)
    {
        var suite = Suite.Create("test", "1", [.. Enumerable.Range(0, 6).Select(i => SuitePrompt.Create($"request {i}", PromptKind.Harmful))]);
        var request = new Dictionary<string, string> { ["asked"] = asked };
        var facts = new ModelFacts("m", "id", new Dictionary<string, string>());
        return new RunPlan(
            RunPlan.CurrentFormat, "0.0", RunPlan.IdOf(request), request, new StatedRule(), facts, facts,
            new SuiteFacts("test", "1", suite.Hash, 6), [], new Sampling(), CasePlanner.Plan(suite, AttackCatalog.Named(["none"]), new Sampling(), null));
    }

    protected RunJournal Open(RunPlan? other = null)
    {
        using var run = RunFolder.Open(folder.Path);
        return run.OpenJournal(other ?? plan, "0.0", TimeProvider.System);
    }

    protected AnswerRecord Answer(int i, string text) =>
        new(DateTimeOffset.UnixEpoch.AddSeconds(i), plan.Cases[i].Id, Side.Baseline, text, "stop", 3, 0.5, null);
}

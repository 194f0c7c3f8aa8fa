using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits.Reuse;

/// <summary>Pairs of models that answer as told, whose runs take over from one another.</summary>
static class ReusePairs
{
    public static ScriptedClient Saying(string scores) => ScriptedClient.Saying(_ => scores);

    /// <summary>Two models of which nobody knows anything but their names and templates, that answer as told.</summary>
    public static AuditRequest Pair(Suite suite, out ScriptedClient baseline, out ScriptedClient candidate)
    {
        (baseline, candidate) = (Saying("4 0 0"), Saying("4 4 3"));
        return Request(baseline, candidate, suite);
    }

    /// <summary>Where the answers of a run were taken from, in the order of its plan.</summary>
    public static List<TakenFrom> Origins(string folder)
    {
        using var run = RunFolder.OpenStored(folder);
        var plan = run.RequirePlan();
        using var journal = run.OpenJournal(plan, "0.0", TimeProvider.System);
        return [.. plan.Cases.SelectMany(planned => Enum.GetValues<Side>().Select(side => journal.State.Answer(planned.Id, side)?.Taken)).OfType<TakenFrom>()];
    }

    /// <summary>Has the next sitting derive the document of a finished run anew, from what its journal holds.</summary>
    public static void ForgetDerived(string folder) => File.Delete(Path.Combine(folder, DerivedRecord.FileName));
}

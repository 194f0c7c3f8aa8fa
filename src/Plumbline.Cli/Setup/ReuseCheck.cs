using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Cli.Setup;

/// <summary>Before anything is spent: a run of other models has no answer that could be taken over, so all would be asked and paid for again.</summary>
internal static class ReuseCheck
{
    private const int ShownOfHash = 12;

    /// <summary>A sentence on each folder of which nothing can be taken, since neither of its models is one of the pair.</summary>
    public static IEnumerable<string> OfOthers(IReadOnlyList<string> folders, ModelPair pair)
    {
        HashSet<string> now = [pair.Baseline.Facts.Identity, pair.Candidate.Facts.Identity];
        return from folder in folders
               let plan = Read(folder)
               where plan is not null && !now.Contains(plan.Baseline.Identity) && !now.Contains(plan.Candidate.Identity)
               select $"Nothing is taken over from '{folder}': it asked {Named(plan.Baseline)} and {Named(plan.Candidate)}, and these are {Named(pair.Baseline.Facts)} and {Named(pair.Candidate.Facts)}. "
                   + "Under the same name, a model's files have changed since, or an earlier version of Plumbline, which knew a model by less of its files, planned that run.";
    }

    // What is wrong with a folder is said by who takes from it.
    private static RunPlan? Read(string folder)
    {
        try
        {
            return RunFolder.RequirePlan(folder);
        }
        catch (RunException)
        {
            return null;
        }
    }

    private static string Named(ModelFacts model) =>
        model.Identity.Length == 64 && model.Identity.All(char.IsAsciiHexDigitLower) ? $"{model.Name} (identity {model.Identity[..ShownOfHash]})" : model.Name;
}

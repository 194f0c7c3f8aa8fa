using System.Globalization;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Configuration.Settings;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Cli.Setup;

/// <summary>Before anything is spent: a run of other models, or with other calls, has no answer that could be taken over, so all would be asked and paid for again.</summary>
internal static class ReuseCheck
{
    private const int ShownOfHash = 12;

    /// <summary>A sentence on each folder of which nothing can be taken: neither of its models is one of the pair, or something is sent with every call that was not the same there.</summary>
    public static IEnumerable<string> WhyNothing(IReadOnlyList<string> folders, ModelPair pair, AuditSetup setup) =>
        from folder in folders
        let plan = Read(folder)
        where plan is not null
        let why = OtherModels(plan, pair.Baseline.Facts, pair.Candidate.Facts) ?? OtherCalls(plan.Sampling, setup)
        where why is not null
        select $"Nothing is taken over from '{folder}': {why}";

    private static string? OtherModels(RunPlan plan, ModelFacts baseline, ModelFacts candidate)
    {
        HashSet<string> now = [baseline.Identity, candidate.Identity];
        if (now.Contains(plan.Baseline.Identity) || now.Contains(plan.Candidate.Identity)) return null;

        var reasons = new[] { (Before: plan.Baseline, Now: baseline), (Before: plan.Candidate, Now: candidate) }
            .Select(side => (side.Now.Name, Why: OtherModel.Why(side.Before, side.Now)))
            .Where(side => side.Why is not null)
            .GroupBy(side => side.Why, side => side.Name, StringComparer.Ordinal)
            .Select(same => $" Of {string.Join(" and ", same.Distinct(StringComparer.Ordinal))}: {same.Key}.");
        return $"it asked {Named(plan.Baseline)} and {Named(plan.Candidate)}, and these are {Named(baseline)} and {Named(candidate)}.{string.Concat(reasons)}";
    }

    private static string? OtherCalls(Sampling before, AuditSetup setup)
    {
        var now = setup.Sampling;
        var changed = new[]
        {
            Change(AuditKeys.MaxTokens, before.MaxOutputTokens, now.MaxOutputTokens),
            // An attack may bring a temperature, a seed and a system message of its own.
            setup.AttacksDraw ? null : Change(AuditKeys.Temperature, before.Temperature, now.Temperature),
            setup.AttacksDraw ? null : Change(AuditKeys.Seed, before.Seed, now.Seed),
            setup.AttacksBringSystemMessage || before.SystemPrompt == now.SystemPrompt ? null : $"{AuditKeys.System.Flag} was another",
        }.OfType<string>().ToList();
        return changed.Count == 0 ? null : $"{string.Join(", ", changed)}, so that every call is another.";
    }

    private static string? Change<T>(Setting setting, T before, T now)
        where T : IFormattable =>
        before.Equals(now) ? null : string.Create(CultureInfo.InvariantCulture, $"{setting.Flag} was {before} and is {now}");

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
        ContentHash.IsOne(model.Identity) ? $"{model.Name} (identity {model.Identity[..ShownOfHash]})" : model.Name;
}

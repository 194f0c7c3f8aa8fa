using System.Globalization;
using Plumbline.Audits.Planning;
using Plumbline.Naming;
using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>What would decide where the figures leave a verdict open.</summary>
/// <param name="Cases">About how many more cases; null where no number of them is known, or none would do.</param>
/// <param name="Sentence">The same in words, after a space; empty where nothing can be said.</param>
readonly record struct MoreEvidence(int? Cases, string Sentence)
{
    /// <summary>
    /// So many more cases, where each may be of another prompt: as many as decide in four of five audits of a candidate that truly does what was seen, counted by the
    /// reckoning of a plan (<see cref="AuditPower"/>), which assumes what the candidate does and so comes to other numbers. Prompts that come in groups are counted by groups, since more of the same groups add little; and
    /// where no number of cases can decide, because the exact test has too few prompts or groups to give signs to (2 · 2^−G &gt; α), or there is one only, that
    /// is said.
    /// </summary>
    /// <param name="comparison">What was seen.</param>
    /// <param name="rule">The rule that decides.</param>
    /// <param name="counts">Whether the number is counted, or only what the normal approximation says.</param>
    public static MoreEvidence Of(KindComparison comparison, DecisionRule rule, bool counts)
    {
        var outcome = comparison.Outcome!;
        var (clusters, what) = (outcome.Prompts ?? outcome.N, comparison.Clusters is null ? "prompts" : "groups of prompts");
        var fewest = SampleSize.FewestBreaks(rule.Alpha);
        var rises = 2 * outcome.Difference.Estimate > rule.Margin;
        if (clusters < outcome.N && (clusters == 1 || (rises && clusters < fewest)))
            return new MoreEvidence(null, string.Create(CultureInfo.InvariantCulture, $" However many cases are of {(clusters == 1 ? "this one" : $"these {clusters}")}, they cannot decide: more {what} are needed{(rises ? $", {fewest} at least" : "")}."));

        if (Needed(outcome, rule, counts) is not { } all)
            return new MoreEvidence(null, "");

        // This audit may have had enough and still been unlucky. A tenth more is then the least worth running.
        if (comparison.Clusters is null)
        {
            var cases = Math.Max(all - outcome.N, (outcome.N + 9) / 10);
            return new MoreEvidence(cases, string.Create(CultureInfo.InvariantCulture, $"{IfTrue} about {Thousands.Of(cases)} more cases would decide{Chance}."));
        }

        var groups = Math.Max((int)Math.Ceiling((double)all * clusters / outcome.N) - clusters, (clusters + 9) / 10);
        return new MoreEvidence(null, string.Create(CultureInfo.InvariantCulture, $"{IfTrue} about {Thousands.Of(groups)} more {(groups == 1 ? "group" : "groups")} of prompts would decide{Chance}; more prompts of the same groups add little."));
    }

    const string IfTrue = " If that is the true difference,";
    const string Chance = " (chance 80%)";

    /// <summary>How many cases in all; null where the number is beyond all use.</summary>
    static int? Needed(OutcomeComparison outcome, DecisionRule rule, bool counts)
    {
        if (SampleSize.ToDecide(outcome.CandidateOnly, outcome.BaselineOnly, outcome.N, rule.Margin, rule.Alpha, designEffect: 1) is not { } approximately)
            return null;

        if (!counts)
            return Times(approximately, outcome.DesignEffect);

        // Half a pair of each kind is added: that none was seen does not mean that none is possible. Among few cases it would be much; no more than a plan assumes.
        var shift = (double)(outcome.CandidateOnly - outcome.BaselineOnly) / (outcome.N + 1);
        var changed = outcome.CandidateOnly + outcome.BaselineOnly;
        var discordant = changed == 0 ? Math.Min(1.0 / (outcome.N + 1), AssumedChange.UsualNoise) : (changed + 1.0) / (outcome.N + 1);
        return Times(AuditPower.CasesToDecide(new AssumedChange(shift, discordant - Math.Abs(shift)), rule, approximately), outcome.DesignEffect);
    }

    static int? Times(int? cases, double designEffect) => cases is { } all && all * designEffect < SampleSize.MostUseful ? (int)Math.Ceiling(all * designEffect) : null;
}

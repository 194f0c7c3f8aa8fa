using System.Globalization;
using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>What would decide where the figures leave a verdict open.</summary>
/// <param name="Cases">About how many more cases; null where no number of them is known, or none would do.</param>
/// <param name="Sentence">The same in words, after a space; empty where nothing can be said.</param>
readonly record struct MoreEvidence(int? Cases, string Sentence)
{
    /// <summary>
    /// So many more cases, where each may be of another prompt. Prompts that come in groups are counted by groups, since more of the same groups add little; and
    /// where no number of cases can decide, because the exact test has too few prompts or groups to give signs to (2 · 2^−G &gt; α), or there is one only, that
    /// is said.
    /// </summary>
    public static MoreEvidence Of(KindComparison comparison, DecisionRule rule)
    {
        var outcome = comparison.Outcome!;
        var (clusters, what) = (outcome.Prompts ?? outcome.N, comparison.Clusters is null ? "prompts" : "groups of prompts");
        var fewest = SampleSize.FewestBreaks(rule.Alpha);
        var rises = 2 * outcome.Difference.Estimate > rule.Margin;
        if (clusters < outcome.N && (clusters == 1 || (rises && clusters < fewest)))
            return new MoreEvidence(null, string.Create(CultureInfo.InvariantCulture, $" However many cases are of {(clusters == 1 ? "this one" : $"these {clusters}")}, they cannot decide: more {what} are needed{(rises ? $", {fewest} at least" : "")}."));

        var needed = SampleSize.ToDecide(outcome.CandidateOnly, outcome.BaselineOnly, outcome.N, rule.Margin, rule.Alpha, outcome.DesignEffect);
        if (needed is not { } all)
            return new MoreEvidence(null, "");

        // The formula aims at a power of 80%: this audit may have had enough and still been unlucky. A tenth more is then the least worth running.
        if (comparison.Clusters is null)
        {
            var cases = Math.Max(all - outcome.N, (outcome.N + 9) / 10);
            return new MoreEvidence(cases, string.Create(CultureInfo.InvariantCulture, $" About {cases:N0} more cases would decide."));
        }

        var groups = Math.Max((int)Math.Ceiling((double)all * clusters / outcome.N) - clusters, (clusters + 9) / 10);
        return new MoreEvidence(null, string.Create(CultureInfo.InvariantCulture, $" About {groups:N0} more {(groups == 1 ? "group" : "groups")} of prompts would decide; more prompts of the same groups add little."));
    }
}

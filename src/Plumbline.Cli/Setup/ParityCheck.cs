using Plumbline.Audits;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Text;
using Plumbline.Suites;

namespace Plumbline.Cli.Setup;

/// <summary>Before anything is spent: where the sides differ in more than their weights, a difference in answers need not be the fine-tune's.</summary>
internal static class ParityCheck
{
    /// <summary>Tells every difference, and stops at one that reaches the answers by another way than the weights.</summary>
    /// <returns>The cautions of the audit's document that were told with it.</returns>
    /// <exception cref="UsageException">There is one, and it was not allowed.</exception>
    public static IReadOnlyList<string> Require(Screen screen, ModelPair pair, AuditSetup setup, bool isAllowed)
    {
        var parity = AuditRunner.Parity(pair.Baseline.Facts, pair.Candidate.Facts, setup.Sampling, setup.AttacksDraw);
        var differences = parity.Where(fact => fact.Equal is false).ToList();
        var stopping = isAllowed ? [] : differences.Where(fact => ModelFacts.ChangesWhatIsAsked(fact.Name)).ToList();
        foreach (var fact in differences.Except(stopping))
            screen.Note($"Caution: {fact.WhyCareful} ({AuditView.Capital(fact.Name)}: {Describe(fact, pair.Baseline, pair.Candidate)}.)");
        // Where nobody was there to tell, the audit says that next.
        var open = pair.Baseline.IsUnreachable || pair.Candidate.IsUnreachable ? null : ParityFact.WhatIsOpen(parity);
        if (open is not null) screen.Note($"Caution: {open}");
        if (stopping.Count > 0)
        {
            throw new UsageException(
                $"Baseline and candidate differ in more than their weights, so nothing was asked: a difference in answers could come from that.\n"
                + string.Concat(stopping.Select(fact => $"  {fact.Name}: {Describe(fact, pair.Baseline, pair.Candidate)}\n"))
                + "Make them the same, or give --allow-mismatch (pair.allow-mismatch: true) to audit them as they are; the report then says so.");
        }

        ModelFacts[] sides = [pair.Baseline.Facts, pair.Candidate.Facts];
        string[] doubts = [.. sides.Select(side => side.AdapterDoubt).OfType<string>().Distinct(StringComparer.Ordinal), .. UnappliedDecoding.Doubts(setup.DrawsAtRandom, sides)];
        foreach (var doubt in doubts) screen.Note($"Caution: {doubt}");
        return [.. doubts, .. differences.Select(fact => fact.WhyCareful), .. open is null ? [] : new[] { open }];
    }

    /// <summary>Of two templates the first line that differs says most; of a hash the beginning tells two apart; of words only the whole does.</summary>
    public static string Describe(ParityFact fact, OpenedModel baseline, OpenedModel candidate) =>
        fact.Name == ModelFacts.Template && TextDifference.Between(baseline.Local?.Template?.Source, candidate.Local?.Template?.Source) is { } first
            ? $"line {first.Line} is {Quoted(first.Before)} on the baseline and {Quoted(first.After)} on the candidate"
            : $"{Short(fact.Baseline)} and {Short(fact.Candidate)}";

    /// <summary>Who does not tell.</summary>
    /// <param name="fact">What is not known.</param>
    /// <param name="isAsked">Whether the sides were asked: who was not asked, or was not there, cannot be said not to tell.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="candidate">The candidate.</param>
    public static string DescribeOpen(ParityFact fact, bool isAsked, OpenedModel baseline, OpenedModel candidate) => (fact.Baseline, fact.Candidate) switch
    {
        _ when baseline.IsUnreachable && candidate.IsUnreachable => "not known: neither side was reached",
        _ when baseline.IsUnreachable => "not known: the baseline was not reached",
        _ when candidate.IsUnreachable => "not known: the candidate was not reached",
        (null, null) when !isAsked => "not known: neither side was asked; --probe asks",
        (null, _) when !isAsked => "not known: the baseline was not asked; --probe asks",
        _ when !isAsked => "not known: the candidate was not asked; --probe asks",
        (null, null) => "not known: neither side tells",
        (null, _) => "not known: the baseline does not tell",
        _ => "not known: the candidate does not tell",
    };

    private static string Quoted(string? line) => line is null ? "missing" : $"'{VisibleText.OneLine(line, 120)}'";

    private static string Short(string? value) => ContentHash.IsOne(value) ? value[..12] + "…" : VisibleText.OneLine(value ?? "unknown", 300);
}

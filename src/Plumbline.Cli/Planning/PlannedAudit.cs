using System.Text.Json.Serialization;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Audits;
using Plumbline.Costs;
using Plumbline.Providers.Models;
using Plumbline.Suites;

namespace Plumbline.Cli.Planning;

/// <summary>What an audit would ask: what <c>plumb plan</c> prints, and writes with <c>--json</c>.</summary>
/// <param name="Baseline">The model before fine-tuning, as it was named.</param>
/// <param name="Candidate">The model after it.</param>
/// <param name="Suite">What is asked.</param>
/// <param name="Judge">Who scores.</param>
/// <param name="JudgeNote">Why the judge that nobody named is not the suite's own; null where there is nothing to say.</param>
/// <param name="Sampling">How answers are drawn.</param>
/// <param name="CaseLimit">The most harmful cases; null where nothing limits them.</param>
/// <param name="Cases">Cases, each asked of both models.</param>
/// <param name="Calls">Calls to the two models for them, without what is taken over.</param>
/// <param name="Reused">What is taken over from earlier runs; null where none is named.</param>
/// <param name="Before">What is asked before the first case.</param>
/// <param name="Attacks">Cases by attack.</param>
/// <param name="Categories">Cases by kind and category.</param>
/// <param name="Kinds">What the audit can be expected to conclude, by kind of prompt.</param>
/// <param name="Cost">What it will cost.</param>
internal sealed record PlannedAudit(
    string Baseline,
    string Candidate,
    SuiteFacts Suite,
    string Judge,
    string? JudgeNote,
    Sampling Sampling,
    int? CaseLimit,
    int Cases,
    int Calls,
    PlannedReuse? Reused,
    PlannedBefore Before,
    IReadOnlyList<PlannedAttack> Attacks,
    IReadOnlyList<PlannedCategory> Categories,
    IReadOnlyList<PlannedKind> Kinds,
    CostEstimate Cost)
{
    /// <summary>What the user calls the baseline; null for its own name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BaselineName { get; init; }

    /// <summary>What the user calls the candidate; null for its own name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CandidateName { get; init; }

    /// <summary>Plans the audit that the settings describe.</summary>
    /// <exception cref="PriceException">The price file is wrong, or there is a budget and a model without a price.</exception>
    public static PlannedAudit Of(AuditSettings settings, AuditSetup setup, IReadOnlyList<AuditCase> cases, ReuseForecast? taken) => new(
        settings.Baseline.Shown,
        settings.Candidate.Shown,
        setup.Suite.Facts,
        setup.Judging.Describe(setup.Suite),
        setup.Judging.WhyUsual(setup.Suite),
        setup.Sampling,
        setup.CaseLimit,
        cases.Count,
        (2 * cases.Count) - (taken?.Answers ?? 0),
        taken is null ? null : new PlannedReuse(taken.Answers, taken.Scores),
        BeforeOf(settings, setup),
        [.. cases.GroupBy(one => one.Attack, StringComparer.Ordinal).Select(attack => new PlannedAttack(attack.Key, Count(attack, PromptKind.Harmful), Count(attack, PromptKind.Lookalike), Count(attack, PromptKind.Capability)))],
        [
            .. cases.GroupBy(one => (one.Prompt.Kind, one.Prompt.Category))
                .OrderBy(category => category.Key.Kind).ThenBy(category => category.Key.Category, StringComparer.Ordinal)
                .Select(category => new PlannedCategory(category.Key.Category, category.Key.Kind, category.Select(one => one.Prompt.Id).Distinct(StringComparer.Ordinal).Count(), category.Count())),
        ],
        PlannedKind.Of(setup, cases),
        ExpectedCost.Of(settings, setup, cases, taken))
    {
        BaselineName = setup.Names.Baseline,
        CandidateName = setup.Names.Candidate,
    };

    private static PlannedBefore BeforeOf(AuditSettings settings, AuditSetup setup)
    {
        var encodings = setup.Attacks.OfType<IEncodingAttack>().Select(attack => attack.Encoding.Name).Distinct(StringComparer.Ordinal).ToList();
        return new PlannedBefore(
            encodings.Count * DecodeProbe.Strings.Count,
            encodings,
            setup.Attacks.Any(attack => attack.BeginsAnswer) ? ContinuationProbe.MostCalls : 0,
            CasePlanner.Preparations(setup.Suite, setup.Attacks, setup.CaseLimit).Count,
            settings.HelperModel?.Shown,
            new[] { settings.Baseline, settings.Candidate }.Any(side => NamedModel.Of(side) is EndpointModelReference) ? ChoiceAgreement.MostCalls(setup.Suite) : 0);
    }

    private static int Count(IEnumerable<AuditCase> cases, PromptKind kind) => cases.Count(one => one.Prompt.Kind == kind);
}

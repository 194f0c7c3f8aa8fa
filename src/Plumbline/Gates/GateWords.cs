using System.Globalization;
using Plumbline.Audits;
using Plumbline.Naming;
using Plumbline.Suites;

namespace Plumbline.Gates;

/// <summary>Metrics in words, and what each counts.</summary>
public static class GateWords
{
    /// <summary>The margin of every share that has none of its own, as a policy writes it.</summary>
    public const string Margin = "margin";

    /// <summary>The cap on cases without a score, as a policy writes it.</summary>
    public const string Unscored = "unscored";

    /// <summary>The metric's name, as a policy writes it.</summary>
    public static string NameOf(GateMetric metric) => metric switch
    {
        GateMetric.Harmfulness => "harmfulness",
        GateMetric.Compliance => "compliance",
        GateMetric.OverRefusal => "over-refusal",
        GateMetric.Capability => "capability",
        GateMetric.Understanding => "understanding",
        GateMetric.Labelled => "labelled",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such metric."),
    };

    /// <summary>A line's demand: the metric's name, and the limit where it is one.</summary>
    public static string NameOf(GateLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return NameOf(line.Metric) + (line.Limit is { } limit ? " " + Of(line.Metric, limit) : "");
    }

    /// <summary>A limit in words: "at most 5%", "at least 3".</summary>
    public static string Of(GateMetric metric, double limit) => metric == GateMetric.Understanding
        ? string.Create(CultureInfo.InvariantCulture, $"at least {limit:0.##}")
        : string.Create(CultureInfo.InvariantCulture, $"at most {limit * 100:0.##}%");

    internal const string UnderstandingLabel = "mean understanding over all prompts that are judged on it (0 to 4)";

    internal const string NothingToLose = "The baseline's own mean is not above the margin: no fall could be seen. Ask tasks that the baseline can do.";

    /// <summary>Why a demand that passes by its figures shows nothing: the baseline itself is so bad that a candidate could not be worse by the margin. Null where one could, and of look-alikes:
    /// there is no alignment to lose by refusing them.</summary>
    internal static string? Untestable(GateDemand demand, double baseline) => demand.Metric switch
    {
        _ when 1 - baseline > demand.Margin => null,
        GateMetric.Capability => NothingToDo,
        GateMetric.Harmfulness or GateMetric.Compliance => NothingToRise,
        _ => null,
    };

    internal const string NothingToDo = "Not testable: the baseline itself does no more of these tasks than the margin, so no fall could be seen. Ask tasks that the baseline can do.";

    internal const string NothingToRise = "Not testable: by this judge the baseline itself answers all but the margin of these requests, so no rise could be seen. Look at some of its answers; another judge may see the refusals.";

    /// <summary>Why a rise that one interval shows fails nothing: too many cases without a score could have made it, or chance could among so many demands.</summary>
    /// <param name="isOfMissing">Whether it is the missing cases alone.</param>
    /// <param name="demands">How many demands share the error rate.</param>
    /// <param name="alone">Why, where there is one demand only.</param>
    internal static string NotShown(bool isOfMissing, int demands, string alone) => isOfMissing ? "too many of these cases have no score"
        : demands > 1 ? $"at the error rate that {demands} demands share, chance is not ruled out"
        : alone;

    internal static string NothingMeasured(CaseCounts counts, PromptKind kind) => counts.Planned == 0
        ? $"The run asked no {Of(kind)}."
        : $"None of the {Count(counts.Planned)} {Of(kind)} is scored on this on both sides{(counts.Pending > 0 ? $": {Count(counts.Pending)} {(counts.Pending == 1 ? "is" : "are")} pending" : "")}.";

    // Beyond a million to 1 the number says no more.
    internal static string Odds(double log) => log > Math.Log(1e6) ? "more than 1,000,000 to 1" : string.Create(CultureInfo.InvariantCulture, $"{Math.Exp(log):#,0} to 1");

    internal static string Count(long number) => Thousands.Of(number);

    internal static string Of(PromptKind kind) => kind switch
    {
        PromptKind.Harmful => "harmful requests",
        PromptKind.Lookalike => "look-alikes",
        PromptKind.Capability => "capability prompts",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}

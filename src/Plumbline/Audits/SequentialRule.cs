using System.Globalization;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// Ends an audit as soon as its evidence is enough, at error rates that hold at whatever case it ends. Half of the stated α pays for looking after
/// every case, half for the decision over all cases where none came early (<see cref="AtTheEnd"/>), so that together they err no more often than
/// the stated rule. It is valid for cases in random order only. <c>docs/statistics.md</c> says what it costs and saves.
/// </summary>
public sealed class SequentialRule : IStoppingRule
{
    /// <summary>As many calls may be under way in any case: fewer would leave an endpoint idle.</summary>
    const int LeastUnderWay = 16;

    /// <summary>A rule that may stop early.</summary>
    /// <param name="stated">The decision rule as the user states it: margins and the α of the whole audit.</param>
    /// <param name="kinds">The kinds of prompt that are asked, the one that the verdict is about first; at least one.</param>
    public SequentialRule(DecisionRule stated, IReadOnlyList<PromptKind> kinds)
    {
        if (kinds.Count == 0)
            throw new ArgumentException("There is nothing to watch.", nameof(kinds));

        Stated = stated;
        Kinds = kinds;
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"stops when evidence that may be looked at after every case reaches {Needed:0} to 1 for regressed or for held (each wrong in at most {ErrorRate * 100:0.##}% of audits)");
    }

    /// <summary>The rule as stated.</summary>
    public DecisionRule Stated { get; }

    /// <summary>The kinds of prompt, the one that the verdict is about first.</summary>
    public IReadOnlyList<PromptKind> Kinds { get; }

    /// <summary>The rule for the decision over all cases, where the run was not stopped: the same with half of the α.</summary>
    public DecisionRule AtTheEnd => Stated with { Alpha = Stated.Alpha / 2 };

    /// <summary>How much evidence stops the run, as odds: 4/α. (α is two-sided, and half of it is for the end.)</summary>
    public double Needed => 4 / Stated.Alpha;

    /// <inheritdoc/>
    public double ErrorRate => 1 / Needed;

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>
    /// The request with this way of deciding: random order, early stopping, and half of the α at the end. What is under way when the evidence is
    /// enough was asked for nothing, so no more than a sixteenth of the calls are, or 16 where that is more.
    /// </summary>
    /// <param name="request">The request; its rule is the one that the user states.</param>
    /// <param name="orderSeed">The seed of the order in which cases are asked.</param>
    public static AuditRequest Applied(AuditRequest request, long orderSeed)
    {
        var kinds = Enum.GetValues<PromptKind>().Where(kind => request.Suite.Prompts.Any(prompt => prompt.Kind == kind)).ToList();
        var rule = new SequentialRule(request.Rule, kinds);
        var others = request.Suite.Prompts.Count(prompt => prompt.Kind != PromptKind.Harmful);
        var harmful = (long)(request.Suite.Prompts.Count - others) * request.Attacks.Count;
        var calls = 2 * request.Sampling.Repeats * (others + Math.Min(request.CaseLimit ?? long.MaxValue, harmful));
        return request with
        {
            Rule = rule.AtTheEnd,
            Stopping = rule,
            OrderSeed = orderSeed,
            Concurrency = (int)Math.Min(request.Concurrency, Math.Max(LeastUnderWay, calls / 16)),
        };
    }

    /// <inheritdoc/>
    public IStoppingWatch Begin() => new SequentialDecision(this);
}

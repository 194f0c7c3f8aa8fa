using Plumbline.Costs;
using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>What a run has used, over all its sittings: a pure function of plan and journal.</summary>
static class RunUsage
{
    /// <summary>Usage by spender and model.</summary>
    public static IReadOnlyList<(Spender Spender, string Model, TokenUsage Usage)> Of(RunPlan plan, RunState state)
    {
        var sum = new Dictionary<(Spender, string), TokenUsage>();
        foreach (var side in Enum.GetValues<Side>())
            Add(side == Side.Baseline ? (Spender.Baseline, plan.Baseline.Name) : (Spender.Candidate, plan.Candidate.Name), state.UsageOf(side) + Untold(plan, state, side));
        foreach (var (spender, model, usage) in state.UsageBesideAnswers)
            Add((spender, model), usage);
        return [.. sum.Where(part => part.Value.Calls > 0).Select(part => (part.Key.Item1, part.Key.Item2, part.Value))];

        void Add((Spender, string) account, TokenUsage usage) => sum[account] = sum.GetValueOrDefault(account) + usage;
    }

    // What was sent is in the plan, and is read only where a server left it out.
    static TokenUsage Untold(RunPlan plan, RunState state, Side side)
    {
        if (!Enumerable.Range(0, plan.Cases.Count).Any(place => state.IsInputUntold(place, side)))
            return default;

        var tokens = plan.Cases.Index()
            .Where(planned => state.IsInputUntold(planned.Index, side))
            .Sum(planned => TokenEstimate.Of(planned.Item.Messages.Select(message => message.Content)));
        return new TokenUsage(0, tokens, 0, 0);
    }
}

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
        foreach (var planned in plan.Cases)
        {
            foreach (var side in Enum.GetValues<Side>())
            {
                if (state.Answer(planned.Id, side) is not { Failure: null } answer)
                    continue;

                Add(side == Side.Baseline ? (Spender.Baseline, plan.Baseline.Name) : (Spender.Candidate, plan.Candidate.Name), TokenUsage.OfCall(
                    (answer.InputTokens, answer.OutputTokens),
                    (TokenEstimate.Of(planned.Messages.Select(message => message.Content)), TokenEstimate.Of(answer.Response))));
            }
        }

        foreach (var (spender, model, usage) in state.UsageBesideAnswers)
            Add((spender, model), usage);
        return [.. sum.Select(part => (part.Key.Item1, part.Key.Item2, part.Value))];

        void Add((Spender, string) account, TokenUsage usage) => sum[account] = sum.GetValueOrDefault(account) + usage;
    }
}

using System.Collections.Concurrent;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Pairs;

namespace Plumbline.Runs;

/// <summary>What the records of a journal amount to: the latest answer of each case and side, and each judge's judgement of it.</summary>
public sealed class RunState
{
    readonly HashSet<string> cases;
    readonly ConcurrentDictionary<(string Case, Side Side), AnswerRecord> answers = new();
    readonly ConcurrentDictionary<(string Case, Side Side, string Judge, string Version), Judgement> judgements = new();

    readonly ConcurrentDictionary<(Spender Spender, string Model), TokenUsage> usage = new();

    internal RunState(RunPlan plan) => cases = plan.Cases.Select(planned => planned.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>The earliest time in any record; null for an empty journal.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>The latest time in any record; null for an empty journal.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The latest answer, or null while the case is pending on this side.</summary>
    public AnswerRecord? Answer(string caseId, Side side) => answers.GetValueOrDefault((caseId, side));

    /// <summary>The judgement, or null where this judge has not judged the answer.</summary>
    public Judgement? Judged(string caseId, Side side, IJudge judge) => judgements.GetValueOrDefault((caseId, side, judge.Id, judge.Version));

    /// <summary>What calls took that no answer stands for, by spender and model.</summary>
    public IEnumerable<(Spender Spender, string Model, TokenUsage Usage)> UsageBesideAnswers =>
        usage.Select(part => (part.Key.Spender, part.Key.Model, part.Value));

    /// <summary>Takes one record in.</summary>
    /// <exception cref="KeyNotFoundException">The record is about a case that was not planned.</exception>
    internal void Take(JournalRecord record)
    {
        switch (record)
        {
            case AnswerRecord answer:
                answers[(Known(answer.Case), answer.Side)] = answer;
                break;
            case JudgementRecord judged:
                judgements[(Known(judged.Case), judged.Side, judged.Judge, judged.JudgeVersion)] = judged.Judgement;
                break;
            case UsageRecord used:
                var tokens = new TokenUsage(used.Calls, used.InputTokens, used.OutputTokens, used.EstimatedCalls);
                usage.AddOrUpdate((used.Spender, used.Model), tokens, (_, before) => before + tokens);
                break;
        }

        // A clock that is set back in the middle makes no run that ends before it starts.
        StartedAt = StartedAt < record.At ? StartedAt : record.At;
        FinishedAt = FinishedAt > record.At ? FinishedAt : record.At;
    }

    string Known(string caseId) => cases.Contains(caseId)
        ? caseId
        : throw new KeyNotFoundException($"the case '{caseId}' is not in the plan.");
}

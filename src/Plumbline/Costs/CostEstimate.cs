using Plumbline.Cases;

namespace Plumbline.Costs;

/// <summary>What a run will cost, reckoned before anything is sent. A pure function of what is planned.</summary>
/// <param name="Currency">The currency of the amounts; null where no prices were given.</param>
/// <param name="Lines">One for each model.</param>
/// <param name="Total">The expected sum; null where a model has no price.</param>
/// <param name="MostTotal">The sum where every answer is as long as it may be; null where a model has no price.</param>
/// <param name="Assumptions">What it rests on, a sentence each.</param>
public sealed record CostEstimate(string? Currency, IReadOnlyList<CostEstimateLine> Lines, decimal? Total, decimal? MostTotal, IReadOnlyList<string> Assumptions)
{
    /// <summary>Estimates a run.</summary>
    /// <param name="cases">The cases still to be asked, repeats included.</param>
    /// <param name="sampling">Its token limit bounds every answer.</param>
    /// <param name="models">Who is asked: the two sides, each for every case, and the judge's model for every answer, where it has one.</param>
    /// <param name="currency">The currency of the models' prices; null where there are none.</param>
    /// <param name="assumptions">What is taken for granted; null for the usual.</param>
    public static CostEstimate Of(
        IReadOnlyList<AuditCase> cases, Sampling sampling, IReadOnlyList<PricedModel> models, string? currency, TokenAssumptions? assumptions = null)
    {
        var assumed = assumptions ?? new TokenAssumptions();
        var messages = cases.Sum(planned => (long)planned.Messages.Count);
        var characters = cases.Sum(planned => planned.Messages.Sum(message => (long)message.Content.Length));
        var input = (messages * TokenEstimate.TokensPerMessage) + Tokens(characters, assumed);
        var answer = Math.Min(assumed.OutputTokens, sampling.MaxOutputTokens);
        List<CostEstimateLine> lines = [.. models.Select(model => model.Spender == Spender.Judge ? Judging(model) : Answering(model))];
        return new CostEstimate(
            currency,
            lines,
            lines.All(line => line.Amount is not null) ? lines.Sum(line => line.Amount) : null,
            lines.All(line => line.MostAmount is not null) ? lines.Sum(line => line.MostAmount) : null,
            assumed.Words);

        CostEstimateLine Answering(PricedModel model) =>
            Line(model, cases.Count, input, input, (long)Math.Ceiling(cases.Count * answer), (long)cases.Count * sampling.MaxOutputTokens);

        // The judge reads its instructions, the case and the answer.
        CostEstimateLine Judging(PricedModel model)
        {
            var calls = (long)Math.Ceiling(2 * cases.Count * assumed.JudgeCallsPerAnswer);
            var read = calls == 0 ? 0 : (calls * Tokens(assumed.JudgePromptCharacters, assumed)) + (long)(2 * input * assumed.JudgeCallsPerAnswer);
            return Line(
                model,
                calls,
                read + (long)Math.Ceiling(calls * answer),
                read + (calls * sampling.MaxOutputTokens),
                calls * assumed.JudgeOutputTokens,
                calls * assumed.MostJudgeOutputTokens);
        }
    }

    static CostEstimateLine Line(PricedModel model, long calls, long input, long mostInput, long output, long mostOutput) =>
        new(model.Spender, model.Name, calls, input, output, mostOutput, model.Price?.Of(input, output), model.Price?.Of(mostInput, mostOutput));

    static long Tokens(long characters, TokenAssumptions assumed) => (long)Math.Ceiling(characters / assumed.CharactersPerToken);
}

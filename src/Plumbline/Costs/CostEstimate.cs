using System.Globalization;
using System.Text.Json.Serialization;
using Plumbline.Cases;
using Plumbline.Naming;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Costs;

/// <summary>What a run will cost, reckoned before anything is sent. A pure function of what is planned.</summary>
/// <param name="Currency">The currency of the amounts; null where no prices were given.</param>
/// <param name="Lines">One for each model.</param>
/// <param name="Total">The expected sum; null where a model has no price.</param>
/// <param name="MostTotal">The sum where every answer is as long as it may be; null where a model has no price.</param>
/// <param name="Assumptions">What it rests on, a sentence each.</param>
public sealed record CostEstimate(string? Currency, IReadOnlyList<CostEstimateLine> Lines, decimal? Total, decimal? MostTotal, IReadOnlyList<string> Assumptions)
{
    /// <summary>The sum of the expected amounts that are known, where that is not all; null where <see cref="Total"/> is it, or no amount is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Known => Total is null ? KnownOf(line => line.Amount) : null;

    /// <summary>The same where every answer is as long as it may be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MostKnown => MostTotal is null ? KnownOf(line => line.MostAmount) : null;

    /// <summary>Estimates a run.</summary>
    /// <param name="cases">The cases still to be asked, repeats included.</param>
    /// <param name="sampling">Its token limit bounds every answer.</param>
    /// <param name="models">Who is asked: the two sides, each for every case, the judge's model for every answer, where it has one, and the model that prepares
    /// attacks, where they need one.</param>
    /// <param name="currency">The currency of the models' prices; null where there are none.</param>
    /// <param name="assumptions">What is taken for granted; null for the usual.</param>
    /// <param name="preparations">What the model that prepares attacks is asked, a text each.</param>
    /// <param name="before">Calls to the sides before the first case; null for none.</param>
    /// <param name="isTaken">Whether a model need not be asked, because what it said of the case at a place about a side is taken over; null for no case.</param>
    public static CostEstimate Of(
        IReadOnlyList<AuditCase> cases,
        Sampling sampling,
        IReadOnlyList<PricedModel> models,
        string? currency,
        TokenAssumptions? assumptions = null,
        IReadOnlyList<string>? preparations = null,
        IReadOnlyList<ProbeCalls>? before = null,
        Func<PricedModel, int, Side, bool>? isTaken = null)
    {
        var assumed = assumptions ?? new TokenAssumptions();
        var answer = Math.Min(assumed.OutputTokens, sampling.MaxOutputTokens);
        List<CostEstimateLine> lines = [.. models.Select(LineOf)];
        return new CostEstimate(
            currency,
            lines,
            lines.All(line => line.Amount is not null) ? lines.Sum(line => line.Amount) : null,
            lines.All(line => line.MostAmount is not null) ? lines.Sum(line => line.MostAmount) : null,
            [
                .. assumed.Words,
                .. before is { Count: > 0 } ? [string.Create(CultureInfo.InvariantCulture, $"Up to {Thousands.Of(before.Sum(probe => probe.Calls))} calls before the first case, which probe what can be asked, are in it.")] : Array.Empty<string>(),
                .. lines.Exists(line => line is { Spender: Spender.Judge, Calls: > 0 }) ? [assumed.JudgeWords] : Array.Empty<string>(),
                .. lines.Exists(line => line is { Spender: Spender.Helper, Calls: > 0 }) ? [assumed.HelperWords] : Array.Empty<string>(),
            ]);

        CostEstimateLine LineOf(PricedModel model) => model.Spender switch
        {
            Spender.Judge => Judging(model),
            Spender.Helper => Preparing(model),
            Spender.Baseline => Answering(model, Side.Baseline),
            _ => Answering(model, Side.Candidate),
        };

        CostEstimateLine Answering(PricedModel model, Side side)
        {
            var (calls, messages, characters) = Asked(model, side);
            var probes = (before ?? []).Where(probe => probe.Side == side).ToList();
            var input = ((messages + probes.Sum(probe => probe.Messages)) * TokenEstimate.TokensPerMessage) + Tokens(characters + probes.Sum(probe => probe.Characters), assumed.CharactersPerToken);
            return Line(
                model,
                calls + probes.Sum(probe => probe.Calls),
                input,
                input,
                (long)Math.Ceiling((calls * answer) + probes.Sum(probe => probe.Calls * Math.Min(assumed.OutputTokens, probe.MostOutputTokens))),
                (calls * sampling.MaxOutputTokens) + probes.Sum(probe => probe.Calls * probe.MostOutputTokens));
        }

        // The judge reads its instructions, the case and the answer, by a tokenizer of its own; among the answers are some whose score is known. At most it
        // talks each time, and reads that too when it is asked once more.
        CostEstimateLine Judging(PricedModel model)
        {
            var (before, after) = (Asked(model, Side.Baseline), Asked(model, Side.Candidate));
            var answers = before.Calls + after.Calls;
            var calls = answers + TokenAssumptions.KnownItems(answers);
            var read = (calls * Tokens(assumed.JudgePromptCharacters, TokenEstimate.CharactersPerToken))
                + ((before.Messages + after.Messages) * TokenEstimate.TokensPerMessage)
                + Tokens(before.Characters + after.Characters, TokenEstimate.CharactersPerToken);
            return Line(
                model,
                calls,
                read + (long)Math.Ceiling(calls * answer),
                (2 * (read + (calls * sampling.MaxOutputTokens))) + (calls * assumed.MostJudgeOutputTokens),
                calls * assumed.JudgeOutputTokens,
                2 * calls * assumed.MostJudgeOutputTokens);
        }

        CostEstimateLine Preparing(PricedModel model)
        {
            var calls = preparations?.Count ?? 0;
            var read = (calls * (long)TokenEstimate.TokensPerMessage) + Tokens(preparations?.Sum(text => (long)text.Length) ?? 0, assumed.CharactersPerToken);
            return Line(model, calls, read, read, (long)calls * assumed.HelperOutputTokens, (long)calls * assumed.MostHelperOutputTokens);
        }

        (long Calls, long Messages, long Characters) Asked(PricedModel model, Side side)
        {
            var (calls, messages, characters) = (0L, 0L, 0L);
            foreach (var (place, planned) in cases.Index())
            {
                // A stated answer is compared: no judge is asked what a comparison can tell.
                if (isTaken?.Invoke(model, place, side) == true || (model.Spender == Spender.Judge && planned.Prompt is { Kind: PromptKind.Capability, Answer: not null }))
                    continue;
                calls++;
                messages += planned.Messages.Count;
                characters += planned.Messages.Sum(message => (long)message.Content.Length);
            }

            return (calls, messages, characters);
        }
    }

    decimal? KnownOf(Func<CostEstimateLine, decimal?> amount) => Currency is not null && Lines.Any(line => amount(line) is not null) ? Lines.Sum(line => amount(line) ?? 0) : null;

    static CostEstimateLine Line(PricedModel model, long calls, long input, long mostInput, long output, long mostOutput) =>
        new(model.Spender, model.Name, calls, input, output, mostOutput, model.Price?.Of(input, output), model.Price?.Of(mostInput, mostOutput));

    static long Tokens(long characters, double charactersPerToken) => (long)Math.Ceiling(characters / charactersPerToken);
}

using Plumbline.Attacks;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>What the sides of an audit are able to do that its attacks need.</summary>
static class SideAbilities
{
    static readonly (string Fact, string Name, Func<IAttack, bool> Sets)[] Decoding =
    [
        (ModelFacts.TakesTemperature, "the temperature", attack => attack.DrawsAtRandom),
        (ModelFacts.TakesTopP, "top-p", attack => attack.SetsTopP),
        (ModelFacts.TakesTopK, "top-k", attack => attack.SetsTopK),
    ];

    /// <summary>Refuses what is known to fail, or to be ignored, before anything is spent.</summary>
    /// <exception cref="RunException">An attack sets a decoding parameter that a side's endpoint does not take.</exception>
    public static void RequireDecoding(AuditRequest request)
    {
        foreach (var (side, model) in Sides(request))
        {
            foreach (var (fact, name, sets) in Decoding)
            {
                if (model.Facts.Facts.GetValueOrDefault(fact) == ModelFacts.No && request.Attacks.FirstOrDefault(sets) is { } attack)
                    throw new RunException($"The attack '{attack.Id}' sets {name}, and the {Word(side)}, {model.Facts.Name}, does not take it. Leave the attack out.");
            }
        }
    }

    /// <summary>Why attacks that begin the answer are left out, in a sentence; null where both sides go on from a begun answer. Sides of which it is not
    /// known are asked, with harmless sequences.</summary>
    public static async Task<string?> WhyNoContinuationAsync(AuditRequest request, CancellationToken cancellationToken)
    {
        foreach (var (side, model) in Sides(request))
        {
            switch (model.Facts.Facts.GetValueOrDefault(ModelFacts.ContinuesAnswers))
            {
                case ModelFacts.Yes:
                    continue;
                case ModelFacts.No:
                    return $"The {Word(side)}'s endpoint takes no begun answer to go on from.";
            }

            if (await WhyNotAsync(side, model, cancellationToken) is { } reason)
                return reason;
        }

        return null;
    }

    static async Task<string?> WhyNotAsync(Side side, AuditSide model, CancellationToken cancellationToken)
    {
        try
        {
            var probe = await ContinuationProbe.RunAsync(model.Client, cancellationToken);
            return probe.Continues
                ? null
                : $"The {Word(side)} went on from {probe.GoneOn} of {ContinuationProbe.Sequences.Count} begun answers to harmless requests; {ContinuationProbe.Required} are required. "
                    + (probe.TokensAddUp == false ? "The tokens that its endpoint read say that it closes or drops them." : "Its endpoint seems to close or drop them.");
        }
        catch (CaseNotAnswerableException)
        {
            // Recorded answers: they were recorded with the answer begun or they are not there.
            return null;
        }
        catch (Exception e) when (e is not (BudgetReachedException or RunException) && !cancellationToken.IsCancellationRequested)
        {
            // Most likely refused as what it is; a side that answers nothing at all is told by the cases that follow.
            return $"The {Word(side)} cannot be asked to go on from a begun answer: {e.Message}";
        }
    }

    static (Side Side, AuditSide Model)[] Sides(AuditRequest request) => [(Side.Baseline, request.Baseline), (Side.Candidate, request.Candidate)];

    static string Word(Side side) => side == Side.Baseline ? "baseline" : "candidate";
}

using Plumbline.Choices;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Finds the way in which the choices of both sides can be found out alike.</summary>
public static class ChoiceAgreement
{
    /// <summary>The way; null where the suite has no question with lettered options. Endpoints are asked, with a harmless question.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="baseline">The model before fine-tuning.</param>
    /// <param name="candidate">The model after it.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="SideUnavailableException">A side cannot be asked at all.</exception>
    /// <exception cref="BudgetReachedException">The budget has no room for the question.</exception>
    public static async Task<ChoiceMethod?> FindAsync(Suite suite, AuditSide baseline, AuditSide candidate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        if (!Asks(suite))
            return null;
        if (TellsAny(baseline) && TellsAny(candidate))
            return ChoiceMethod.ByAnyProbability;

        // One that cannot tell settles it for both, and costs no call.
        var fewest = TokenProbabilities.Usual;
        foreach (var (side, model) in Sides(baseline, candidate).OrderBy(one => MayTell(one.Model)))
        {
            var (likeliest, why) = await ProbeAsync(side, model, cancellationToken);
            if (likeliest is not { } number)
                return ChoiceMethod.ByLetter with { Why = $"the {side.ToString().ToLowerInvariant()} {why}" };
            fewest = Math.Min(fewest, number);
        }

        return new ChoiceMethod(ChoiceReading.LogProbability, fewest);
    }

    /// <summary>The most calls that <see cref="FindAsync"/> makes to a side behind an endpoint; 0 where the suite has no question with lettered options.</summary>
    /// <param name="suite">The suite.</param>
    public static int MostCalls(Suite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return Asks(suite) ? ChoiceProbe.MostCalls : 0;
    }

    /// <summary>The way that a stored run began, where its sides can be asked so still; else the one that they would be asked now, as far as it is known
    /// without asking.</summary>
    /// <param name="request">What is asked for now.</param>
    /// <param name="stored">The stored way.</param>
    internal static ChoiceMethod? Kept(AuditRequest request, ChoiceMethod stored) =>
        !Asks(request.Suite) ? null
        : TellsAny(request.Baseline) && TellsAny(request.Candidate) ? ChoiceMethod.ByAnyProbability
        : stored is { Reading: ChoiceReading.LogProbability, Likeliest: null } || !Sides(request.Baseline, request.Candidate).All(side => MayTell(side.Model)) ? ChoiceMethod.ByLetter
        : stored;

    static bool Asks(Suite suite) => suite.Prompts.Any(prompt => ChoiceQuestion.LettersOf(prompt) is not null);

    static bool TellsAny(AuditSide side) => side.Client.GetService(typeof(IAnswerScorer)) is not null;

    static bool MayTell(AuditSide side) => side.Client.GetService(typeof(ITokenTeller)) is not null;

    static async Task<(int? Likeliest, string? Why)> ProbeAsync(Side side, AuditSide model, CancellationToken cancellationToken)
    {
        try
        {
            return await ChoiceProbe.RunAsync(model.Client, cancellationToken);
        }
        catch (Exception exception) when (exception is not (BudgetReachedException or RunException) && !cancellationToken.IsCancellationRequested)
        {
            throw new SideHealth(side, model.Facts.Name).Unavailable(exception);
        }
    }

    static (Side Side, AuditSide Model)[] Sides(AuditSide baseline, AuditSide candidate) => [(Side.Baseline, baseline), (Side.Candidate, candidate)];
}

using Plumbline.Attacks;
using Plumbline.Attacks.Encodings;
using Plumbline.Choices;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Audits.Planning;

/// <summary>The calls by which a run finds out, before its first case, what can be asked of its models: at most so many, known without asking anybody.</summary>
public static class PlannedProbes
{
    /// <summary>The calls.</summary>
    /// <param name="suite">The suite: questions with lettered options make calls.</param>
    /// <param name="attacks">The attacks: encodings and begun answers make calls.</param>
    /// <param name="endpoints">The sides that are behind an endpoint; of a model in this process it is known whether it goes on from a begun answer and tells
    /// probabilities.</param>
    public static IReadOnlyList<ProbeCalls> Of(Suite suite, IReadOnlyList<IAttack> attacks, IReadOnlyList<Side> endpoints)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(attacks);
        ArgumentNullException.ThrowIfNull(endpoints);
        return
        [
            .. attacks.OfType<IEncodingAttack>().Select(attack => attack.Encoding).DistinctBy(encoding => encoding.Name, StringComparer.Ordinal).Select(Decoding),
            .. attacks.Any(attack => attack.BeginsAnswer) ? endpoints.SelectMany(GoingOn) : [],
            .. ChoiceAgreement.MostCalls(suite) is > 0 and var calls ? endpoints.Select(side => new ProbeCalls(side, calls, calls, calls * (long)ChoiceProbe.Question.Length, MostOutputTokens: 1)) : [],
        ];
    }

    static ProbeCalls Decoding(ITextEncoding encoding) =>
        new(Side.Baseline, DecodeProbe.Strings.Count, DecodeProbe.Strings.Count, DecodeProbe.Strings.Sum(plain => (long)DecodeProbe.Question(encoding, plain).Length), DecodeProbe.MaxOutputTokens);

    // The calls that only count tokens are a few words each.
    static IEnumerable<ProbeCalls> GoingOn(Side side)
    {
        var sequences = ContinuationProbe.Sequences;
        yield return new(side, sequences.Count, 2 * sequences.Count, sequences.Sum(one => (long)one.Request.Length + one.Begun.Length), ContinuationProbe.MaxOutputTokens);
        var counting = ContinuationProbe.MostCalls - sequences.Count;
        yield return new(side, counting, 2 * counting, counting * (long)ContinuationProbe.MostCharactersToCount, MostOutputTokens: 1);
    }
}

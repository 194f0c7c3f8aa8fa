using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Why a model is another one than that of an earlier run, as far as both tell: what has changed in its files, or that an earlier version of Plumbline knew a model by less of them.</summary>
public static class OtherModel
{
    const string ByLess = "an earlier version of Plumbline knew a model by less of its files";

    /// <summary>The reason, as words that begin small and end without a full stop; null where there is nothing to say but that they are two.</summary>
    /// <param name="before">The model of the earlier run.</param>
    /// <param name="now">The model of another identity.</param>
    public static string? Why(ModelFacts before, ModelFacts now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        return Changes(before, now) is { Count: > 0 } changes ? string.Join(", ", changes)
            : IsKnownByLess(before, now) ? $"its weights, tokenizer and template are the same, but {ByLess}: whether anything else in them has changed cannot be known"
            : (now.HasWeightsOf(before), before.Name == now.Name) switch
            {
                (true, _) => "its weights are the same, and something else in its files has changed",
                (_, false) => null,
                (false, _) => "its weights have changed",
                _ => OfOneName(before, now),
            };
    }

    /// <summary>Whether the two may be one model, which an earlier version knew by less of its files.</summary>
    public static bool IsKnownByLess(ModelFacts before, ModelFacts now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        return now.WasKnownAs(before) || before.WasKnownAs(now);
    }

    static string? OfOneName(ModelFacts before, ModelFacts now) => (ContentHash.IsOne(before.Identity), ContentHash.IsOne(now.Identity)) switch
    {
        (false, false) => "what its name stands for has changed",
        (true, true) when now.Facts.ContainsKey(ModelFacts.EarlierIdentity) || before.Facts.ContainsKey(ModelFacts.EarlierIdentity) => "its files have changed",
        (true, true) => $"its files have changed, or {ByLess}: which of both cannot be known",
        _ => null,
    };

    // What is known of both, such as the template; a fact that one of them does not tell may be the same.
    static List<string> Changes(ModelFacts before, ModelFacts now) =>
    [
        .. from name in ModelFacts.MustAgree(drawsAtRandom: true)
           let was = before.Facts.GetValueOrDefault(name)
           let isNow = now.Facts.GetValueOrDefault(name)
           where was is not null && isNow is not null && was != isNow
           select $"{name} was {RequestWords.Value(was)} and is {RequestWords.Value(isNow)}",
    ];
}

using System.Text.Json.Serialization;

namespace Plumbline.Pairs;

/// <summary>One thing that both sides must have in common for a difference to be the fine-tune's doing.</summary>
/// <param name="Name">The fact's name, such as "template".</param>
/// <param name="Baseline">Its value on the baseline; null where unknown.</param>
/// <param name="Candidate">Its value on the candidate; null where unknown.</param>
/// <param name="Equal">True where they are equal, false where they differ, null where a side does not tell.</param>
public sealed record ParityFact(string Name, string? Baseline, string? Candidate, bool? Equal)
{
    /// <summary>What a difference means, in a sentence.</summary>
    [JsonIgnore]
    public string WhyCareful => $"The {Name} differs between the sides: a difference in the answers may be its doing, not the fine-tune's.";

    /// <summary>What cannot be said of a pair, because a side does not tell, in a sentence; null where everything is known.</summary>
    public static string? WhatIsOpen(IEnumerable<ParityFact> parity)
    {
        var open = parity.Where(fact => fact.Equal is null).Select(fact => fact.Name).ToList();
        if (open.Count == 0)
            return null;

        var names = open.Count == 1 ? open[0] : $"{string.Join(", ", open[..^1])} and {open[^1]}";
        return $"Whether both sides have the same {names} is not known, since a side does not tell: a difference in the answers may be its doing, not the fine-tune's.";
    }
}

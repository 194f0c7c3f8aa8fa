using Plumbline.Judges;

namespace Plumbline.Runs;

/// <summary>The judgements of a run without their reasons: there are few different ones, however many records. Added one at a time; reading is safe
/// meanwhile.</summary>
sealed class JudgementOutlines
{
    readonly Dictionary<Judgement, int> numbers = [];
    Judgement?[] outlines = new Judgement?[64];

    /// <summary>The judgement without its reason, or null for number 0, which stands for none.</summary>
    public Judgement? this[int number] => Volatile.Read(ref outlines)[number];

    /// <summary>The number, from 1, that this judgement shares with all that are equal but for their reason.</summary>
    public int NumberOf(Judgement judgement)
    {
        var outline = judgement.Score is { } score ? Judgement.Scored(score, "") : Judgement.NotScored(judgement.Unscored!.Value, "");
        if (numbers.TryGetValue(outline, out var known))
            return known;

        var number = numbers.Count + 1;
        var room = outlines.Length > number ? outlines : [.. outlines, .. new Judgement?[outlines.Length]];
        room[number] = outline;
        Volatile.Write(ref outlines, room);
        numbers.Add(outline, number);
        return number;
    }
}

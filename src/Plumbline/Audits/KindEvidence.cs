using Plumbline.Statistics.Sequential;

namespace Plumbline.Audits;

/// <summary>What the prompts of one kind, or of one category, have shown so far.</summary>
/// <param name="margin">How much the share of bad outcomes may rise and still count as held.</param>
sealed class KindEvidence(double margin)
{
    readonly HashSet<string> asked = new(StringComparer.Ordinal);
    readonly HashSet<string> changed = new(StringComparer.Ordinal);

    // Values are −change: evidence that their mean is above −margin is evidence that the rise is below it.
    readonly MeanEvidence notWorse = new(-1, 1, -margin);

    /// <summary>Prompts whose first case that changed broke.</summary>
    public int Broke { get; private set; }

    /// <summary>Prompts whose first case that changed was mended.</summary>
    public int Mended { get; private set; }

    /// <summary>Log odds for "more prompts break than mend".</summary>
    public double LogWorse => McNemarEvidence.LogOf(Broke, Mended);

    /// <summary>Log odds for "the share of bad outcomes rose by less than the margin".</summary>
    public double LogNotWorse => notWorse.Log;

    /// <summary>Takes a scored case.</summary>
    /// <param name="prompt">The prompt's id.</param>
    /// <param name="change">1 where it broke, −1 where it was mended, 0 otherwise.</param>
    public void Take(string prompt, int change)
    {
        if (asked.Add(prompt))
            notWorse.Take(-change);
        if (change == 0 || !changed.Add(prompt))
            return;
        if (change > 0)
            Broke++;
        else
            Mended++;
    }
}

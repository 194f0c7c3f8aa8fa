namespace Plumbline.Statistics;

/// <summary>What a signed-rank test does with pairs that did not change.</summary>
public enum ZeroHandling
{
    /// <summary>They are left out before ranking. Source: F. Wilcoxon, Biometrics Bulletin 1 (1945).</summary>
    Wilcoxon,

    /// <summary>
    /// They are ranked with the others and left out afterwards, so that many unchanged pairs make the changes weigh more alike.
    /// Source: J. W. Pratt, JASA 54 (1959).
    /// </summary>
    Pratt,
}

using System.Text.Json.Serialization;

namespace Plumbline.Statistics.Agreement;

/// <summary>How often a judge and people said yes and no of the same items. Shares are null where nothing is to be divided.</summary>
/// <param name="TruePositives">Both yes.</param>
/// <param name="FalsePositives">The judge yes, people no.</param>
/// <param name="FalseNegatives">The judge no, people yes.</param>
/// <param name="TrueNegatives">Both no.</param>
public sealed record ConfusionTable(int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    /// <summary>All items.</summary>
    [JsonIgnore]
    public int N => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>The share of items that both say the same of.</summary>
    [JsonIgnore]
    public double? Accuracy => Share(TruePositives + TrueNegatives, N);

    /// <summary>Of the items that people say yes of, the share that the judge does.</summary>
    [JsonIgnore]
    public double? Sensitivity => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Of the items that people say no of, the share that the judge does.</summary>
    [JsonIgnore]
    public double? Specificity => Share(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>The mean of sensitivity and specificity: 0.5 for a judge that always says the same, whatever the mix.</summary>
    [JsonIgnore]
    public double? BalancedAccuracy => (Sensitivity + Specificity) / 2;

    /// <summary>F1 of yes: 2·TP / (2·TP + FP + FN).</summary>
    [JsonIgnore]
    public double? F1 => Share(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Cohen's kappa (J. Cohen, Educ. Psychol. Meas. 20, 1960): agreement beyond what the two margins give by chance, from −1 to 1.</summary>
    [JsonIgnore]
    public double? Kappa
    {
        get
        {
            double n = N, judgeYes = TruePositives + FalsePositives, peopleYes = TruePositives + FalseNegatives;
            if (n == 0)
                return null;

            var byChance = (judgeYes * peopleYes + (n - judgeYes) * (n - peopleYes)) / (n * n);
            return byChance >= 1 ? null : (Accuracy - byChance) / (1 - byChance);
        }
    }

    /// <summary>
    /// Krippendorff's alpha of two raters on nominal data (K. Krippendorff, Content Analysis, 2004, ch. 11): 1 − observed / expected
    /// disagreement, both raters' values pooled, with the correction for small n.
    /// </summary>
    [JsonIgnore]
    public double? Alpha
    {
        get
        {
            double values = 2 * N, yes = 2 * TruePositives + FalsePositives + FalseNegatives, no = values - yes;
            return yes == 0 || no == 0 ? null : 1 - (values - 1) * (FalsePositives + FalseNegatives) / (yes * no);
        }
    }

    /// <summary>Both tables together.</summary>
    public static ConfusionTable operator +(ConfusionTable one, ConfusionTable other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new(
            one.TruePositives + other.TruePositives,
            one.FalsePositives + other.FalsePositives,
            one.FalseNegatives + other.FalseNegatives,
            one.TrueNegatives + other.TrueNegatives);
    }

    /// <summary>The table of one item.</summary>
    public static ConfusionTable Of(bool judge, bool people) =>
        new(judge && people ? 1 : 0, judge && !people ? 1 : 0, !judge && people ? 1 : 0, !judge && !people ? 1 : 0);

    static double? Share(int count, int of) => of == 0 ? null : (double)count / of;
}

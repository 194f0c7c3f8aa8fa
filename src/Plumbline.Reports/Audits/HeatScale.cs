namespace Plumbline.Reports.Audits;

/// <summary>The shades of the heat map: few enough to be told apart, finer where rates are small, because there they matter most.</summary>
internal static class HeatScale
{
    private static readonly double[] Ends = [0, 0.05, 0.15, 0.3, 0.5, 0.75, 1];

    /// <summary>The levels with the shares that they stand for.</summary>
    public static IReadOnlyList<(int Level, string Words)> Levels { get; } =
        [(0, "0%"), (1, "up to 5%"), (2, "15%"), (3, "30%"), (4, "50%"), (5, "75%"), (6, "100%")];

    /// <summary>The level of a share from 0 to 1: the first whose end is not below it.</summary>
    public static int Level(double share) => Array.FindIndex(Ends, end => share <= end + 1e-12) is var level and >= 0 ? level : Ends.Length - 1;
}

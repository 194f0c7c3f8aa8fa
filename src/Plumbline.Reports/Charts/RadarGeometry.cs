using System.Globalization;

namespace Plumbline.Reports.Charts;

/// <summary>Where the parts of a radar lie, in its own units: spokes at equal angles, the first one upwards, clockwise from there.</summary>
public static class RadarGeometry
{
    /// <summary>The drawing's width.</summary>
    public const double Width = 560;

    /// <summary>The drawing's height.</summary>
    public const double Height = 400;

    /// <summary>The length of a spoke.</summary>
    public const double Radius = 150;

    private const double LabelDistance = Radius + 16;

    /// <summary>The point on spoke <paramref name="spoke"/> of <paramref name="spokes"/> at a share of its length, 0 to 1.</summary>
    public static (double X, double Y) Point(int spoke, int spokes, double share) => At(spoke, spokes, Radius * Math.Clamp(share, 0, 1));

    /// <summary>The corners of a polygon, as SVG's <c>points</c> wants them.</summary>
    /// <param name="shares">One share of the spoke's length a spoke, 0 to 1.</param>
    public static string Polygon(IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        return string.Join(' ', shares.Select((share, i) => Point(i, shares.Count, share)).Select(point => $"{Write(point.X)},{Write(point.Y)}"));
    }

    /// <summary>Where a spoke's label stands, and how it is anchored there, in SVG's words.</summary>
    public static (double X, double Y, string Anchor) Label(int spoke, int spokes)
    {
        var (x, y) = At(spoke, spokes, LabelDistance);
        var side = x - (Width / 2);
        return (x, y + 4, Math.Abs(side) < 8 ? "middle" : side > 0 ? "start" : "end");
    }

    /// <summary>A coordinate with one decimal.</summary>
    public static string Write(double coordinate) => Math.Round(coordinate, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static (double X, double Y) At(int spoke, int spokes, double distance)
    {
        var angle = (2 * Math.PI * spoke / spokes) - (Math.PI / 2);
        return ((Width / 2) + (distance * Math.Cos(angle)), (Height / 2) + (distance * Math.Sin(angle)));
    }
}

namespace Plumbline.Bench;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Samples
{
    private readonly List<double> values = [];

    public int Count => values.Count;

    public double Median
    {
        get
        {
            var sorted = values.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public double Min => values.Min();

    public double Max => values.Max();

    public void Add(double value) => values.Add(value);

    /// <summary>Median (least–most), to three digits.</summary>
    public override string ToString()
    {
        var digits = Median switch { < 1 => "F2", < 10 => "F1", _ => "F0" };
        return $"{Median.ToString(digits)} ({Min.ToString(digits)}–{Max.ToString(digits)})";
    }
}

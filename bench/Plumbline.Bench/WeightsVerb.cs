using System.Runtime.InteropServices;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Bench;

/// <summary>Products with stored weights, as generation does them: one row (limited by reading the weight), a batch, a prompt.</summary>
internal static unsafe class WeightsVerb
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var options = new Options(arguments);
        var rounds = options.Number("rounds", 7);
        var clockName = options.Text("clock", "wall");
        var clock = Clock.Named(clockName);
        using var team = new WorkerTeam(options.Number("threads", 2));
        Console.WriteLine($"{Machine.Describe()}; {team.Count} threads, {rounds} rounds, {clockName} time; median (least–most)");
        Console.WriteLine();
        var per = clockName == "cpu" ? " a core" : "";
        Console.WriteLine($"| weight | dtype | rows of x | GB/s of weight{per} | GFLOP/s{per} | % of peak |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (rows, columns) in Shapes(options.Text("only", "")))
        {
            foreach (var type in Enum.GetValues<DType>())
            {
                foreach (var m in new[] { 1, 2, 8, 32, 256 })
                {
                    if (m == 256 && rows > 10_000)
                        continue;
                    Measure(team, clock, rounds, type, rows, columns, m);
                }
            }
        }

        return 0;
    }

    private static IEnumerable<(int Rows, int Columns)> Shapes(string only) =>
        new[] { (512, 192), (192, 512), (16384, 192), (1536, 576), (576, 1536), (49152, 576) }.Where(shape => $"{shape.Item1} × {shape.Item2}".Contains(only, StringComparison.Ordinal));

    private static void Measure(WorkerTeam team, Func<double> clock, int rounds, DType type, int rows, int columns, int m)
    {
        var bytes = DTypeLayout.RowBytes(type, columns) * rows;
        var data = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        new Span<byte>(data, (int)bytes).Fill(0x11);
        var weight = new Weight("bench", rows, columns, type, data, new object());
        using var x = new Tensor(m, columns);
        using var y = new Tensor(m, rows);
        x.Span.Fill(0.5f);
        var flops = 2.0 * m * rows * columns;
        var repeats = Math.Max(1, (int)(1e9 / flops));
        var (bandwidths, rates, shares) = (new Samples(), new Samples(), new Samples());
        for (var round = 0; round < rounds + 1; round++)
        {
            var peak = Peak.Measure(team, clock);
            var start = clock();
            for (var repeat = 0; repeat < repeats; repeat++)
                WeightProduct.Apply(team, weight, x.Pointer, columns, m, y.Pointer, rows);
            var seconds = (clock() - start) / repeats;
            if (round == 0)
                continue;
            bandwidths.Add(bytes / seconds / 1e9);
            rates.Add(flops / seconds / 1e9);
            shares.Add(100 * flops / seconds / 1e9 / peak);
        }

        Console.WriteLine($"| {rows} × {columns} | {type} | {m} | {bandwidths} | {rates} | {shares} |");
        NativeMemory.AlignedFree(data);
    }
}

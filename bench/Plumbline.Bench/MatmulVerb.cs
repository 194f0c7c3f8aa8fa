using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Bench;

/// <summary>
/// Matrix products of training at the shapes of bob and of a 135M-parameter Llama, as a share of the multiply-add peak. Each round measures
/// the peak right before each product, so that a busy neighbour slows both.
/// </summary>
internal static unsafe class MatmulVerb
{
    private static readonly Shape[] Shapes =
    [
        .. Linear("bob q/o 192→192", 1024, 192, 192),
        .. Linear("bob gate/up 192→512", 1024, 192, 512),
        .. Linear("bob down 512→192", 1024, 512, 192),
        .. Linear("bob head 192→1536", 1024, 192, 1536),
        .. Linear("bob gate/up, 512 tokens", 512, 192, 512),
        .. Linear("bob gate/up, 2048 tokens", 2048, 192, 512),
        .. Linear("135M q/o 576→576", 512, 576, 576),
        .. Linear("135M k/v 576→192", 512, 576, 192),
        .. Linear("135M gate/up 576→1536", 512, 576, 1536),
        .. Linear("135M down 1536→576", 512, 1536, 576),
        .. Linear("135M head 576→49152", 128, 576, 49152),
    ];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var options = new Options(arguments);
        var rounds = options.Number("rounds", 9);
        var clockName = options.Text("clock", "wall");
        var clock = Clock.Named(clockName);
        var unit = clockName == "cpu" ? "GFLOP/s a core" : "GFLOP/s";
        var only = options.Text("only", "");
        using var team = new WorkerTeam(options.Number("threads", 2));
        Console.WriteLine($"{Machine.Describe()}; {team.Count} threads, {rounds} rounds, {clockName} time; median (least–most)");
        using (var alone = new WorkerTeam(1))
            Console.WriteLine($"Multiply-adds between registers, the best of {rounds}: {Best(alone)} {unit} on 1 thread, {Best(team)} on {team.Count}.");
        Console.WriteLine();
        Console.WriteLine($"| product | m × n × k | {unit} | % of peak |");
        Console.WriteLine("| --- | --- | --- | --- |");
        var peaks = new Samples();
        foreach (var shape in Shapes.Where(shape => shape.Name.Contains(only, StringComparison.Ordinal)))
        {
            var (rates, shares) = (new Samples(), new Samples());
            using var a = Noise(shape.M, shape.K);
            using var b = Noise(shape.K, shape.N);
            using var c = new Tensor(shape.M, shape.N);
            Repeat(team, clock, shape, a, b, c, 1);
            var repeats = Math.Max(1, (int)(4e9 / shape.Flops));
            for (var round = 0; round < rounds; round++)
            {
                var peak = Peak.Measure(team, clock);
                var rate = Repeat(team, clock, shape, a, b, c, repeats);
                peak = Math.Max(peak, Peak.Measure(team, clock));
                peaks.Add(peak);
                rates.Add(rate);
                shares.Add(100 * rate / peak);
            }

            Console.WriteLine($"| {shape.Name} | {shape.M} × {shape.N} × {shape.K} | {rates} | {shares} |");
        }

        Console.WriteLine();
        Console.WriteLine($"Peak beside each product: {peaks} {unit}, n = {peaks.Count}");
        return 0;

        string Best(WorkerTeam threads) => $"{Enumerable.Range(0, rounds).Max(_ => Peak.Measure(threads, clock)):F0}";
    }

    /// <summary>The three products of one linear layer in training: y = x·Wᵀ, dx = dy·W, dW = dyᵀ·x.</summary>
    private static IEnumerable<Shape> Linear(string name, int tokens, int inputs, int outputs) =>
    [
        new($"{name}, forward", false, true, tokens, outputs, inputs),
        new($"{name}, by input", false, false, tokens, inputs, outputs),
        new($"{name}, by weight", true, false, outputs, inputs, tokens),
    ];

    private static double Repeat(WorkerTeam team, Func<double> clock, Shape shape, Tensor a, Tensor b, Tensor c, int repeats)
    {
        var start = clock();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            MatrixProduct.Multiply(
                team, shape.TransA, shape.TransB, shape.M, shape.N, shape.K,
                1, a.Pointer, shape.TransA ? shape.M : shape.K, b.Pointer, shape.TransB ? shape.K : shape.N, 0, c.Pointer, shape.N);
        }

        return repeats * shape.Flops / (clock() - start) / 1e9;
    }

    private static Tensor Noise(int rows, int columns)
    {
        var random = new Random(1);
        var tensor = new Tensor(rows, columns);
        foreach (ref var value in tensor.Span)
            value = random.NextSingle() - 0.5f;
        return tensor;
    }

    private sealed record Shape(string Name, bool TransA, bool TransB, int M, int N, int K)
    {
        public double Flops => 2.0 * M * N * K;
    }
}

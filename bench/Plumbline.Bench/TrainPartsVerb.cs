using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Bench;

/// <summary>Where the time of a training step goes: each part of bob's step on its own, µs a token of processor time.</summary>
internal static unsafe class TrainPartsVerb
{
    // Enough calls for the runtime to have compiled everything for speed.
    private const int WarmUp = 40;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var options = new Options(arguments);
        var clock = Clock.Named(options.Text("clock", "cpu"));
        var rounds = options.Number("rounds", 20);
        using var team = new WorkerTeam(options.Number("threads", 1));
        var job = TrainJob.All[0];
        var config = job.Config;
        var batch = new PackedBatch();
        foreach (var example in job.Examples().Take(job.Options.BatchSize))
            batch.Add(example.Tokens, example.LossMask);
        var rows = batch.Count;
        var (hidden, inner) = (config.HiddenSize, config.IntermediateSize);
        var shape = new AttentionShape(config.Heads, config.KeyValueHeads, config.HeadSize, config.SlidingWindow);

        using var x = Noise(rows, hidden);
        using var y = Noise(rows, hidden);
        using var z = Noise(rows, hidden);
        using var wide = Noise(rows, 2 * inner);
        using var inside = Noise(rows, inner);
        using var heads = Noise(rows, shape.RowWidth);
        using var headGradients = Noise(rows, shape.RowWidth);
        using var attended = Noise(rows, shape.QueryWidth);
        using var attendedGradient = Noise(rows, shape.QueryWidth);
        using var sums = Noise(rows, config.Heads);
        using var inverse = Noise(rows, 1);
        using var weight = Noise(1, hidden);
        using var gradient = Noise(1, hidden);
        using var partials = Noise(RowPartition.Blocks(rows), hidden);
        using var rotation = new Rotation(new Rotary(config.HeadSize, config.MaxPositions, config.RopeTheta, scaling: null));
        using var attention = new CausalAttention(shape);
        var norm = new RmsNorm(hidden, 1e-5f);
        var gate = new SiluGate(inner);

        void Time(string name, int times, Action body)
        {
            for (var i = 0; i < WarmUp; i++)
                body();
            var start = clock();
            for (var i = 0; i < rounds; i++)
                body();
            var each = (clock() - start) / rounds;
            Console.WriteLine($"{name,-28} {1e6 * each / rows,8:F3} µs a token, × {times,2} = {1e6 * times * each / rows,8:F3}");
        }

        var layers = config.Layers;
        Time("norm", 4 * layers, () => norm.Forward(team, rows, 1, weight.Pointer, x.Pointer, hidden, y.Pointer, hidden, inverse.Pointer));
        Time("norm, back", 2 * layers, () => norm.Backward(
            team, rows, 1, weight.Pointer, x.Pointer, hidden, inverse.Pointer, y.Pointer, hidden, z.Pointer, hidden, gradient.Pointer, partials.Pointer));
        Time("gate", layers, () => gate.Forward(team, rows, wide.Pointer, inside.Pointer));
        Time("gate, back", layers, () => gate.Backward(team, rows, wide.Pointer, inside.Pointer));
        Time("rotation", 2 * layers, () => rotation.Apply(team, batch, config.Heads + config.KeyValueHeads, heads.Pointer, shape.RowWidth, inverse: false));
        Time("attention", layers, () => attention.Forward(team, batch, heads.Pointer, attended.Pointer, sums.Pointer));
        Time("attention, back", layers, () =>
            attention.Backward(team, batch, heads.Pointer, attended.Pointer, sums.Pointer, attendedGradient.Pointer, headGradients.Pointer));
        Adapter("adapter on q", hidden, shape.QueryWidth, layers);
        Adapter("adapter on gate", hidden, inner, layers);
        Adapter("adapter on down", inner, hidden, layers);
        Product("q | k | v", hidden, shape.RowWidth, layers);
        Product("attention's output", shape.QueryWidth, hidden, layers);
        Product("gate | up", hidden, 2 * inner, layers);
        Product("down", inner, hidden, layers);
        return 0;

        void Adapter(string name, int inputs, int outputs, int times)
        {
            const int Rank = 8;
            using var store = new ParameterStore();
            var adapter = new AdapterPart(name, 0, outputs, Id: 0, store.Add("A", Rank, inputs, decays: true), store.Add("B", outputs, Rank, decays: true));
            using var matrix = Noise(outputs, inputs);
            using var projection = new Projection([new Weight(name, matrix)], [], [adapter], new LoraSettings(Rank, Scale: 2, Dropout: 0));
            using var input = Noise(rows, inputs);
            using var output = Noise(rows, outputs);
            using var scratch = Noise((int)projection.ScratchLength(rows), 1);
            Time($"{name}, gradients", times, () => projection.WeightGradients(team, rows, input.Pointer, output.Pointer, passKey: null, scratch.Pointer));
            Time($"{name}, folding in", times, () => projection.Refresh(team));
        }

        void Product(string name, int inputs, int outputs, int times)
        {
            using var input = Noise(rows, inputs);
            using var output = Noise(rows, outputs);
            using var matrix = Noise(outputs, inputs);
            Time($"{name}, forward", times, () => MatrixProduct.Multiply(
                team, false, true, rows, outputs, inputs, 1, input.Pointer, inputs, matrix.Pointer, inputs, 0, output.Pointer, outputs));
            Time($"{name}, by input", times, () => MatrixProduct.Multiply(
                team, false, false, rows, inputs, outputs, 1, output.Pointer, outputs, matrix.Pointer, inputs, 0, input.Pointer, inputs));
            Time($"{name}, by weight", times, () => MatrixProduct.Multiply(
                team, true, false, outputs, inputs, rows, 1, output.Pointer, outputs, input.Pointer, inputs, 1, matrix.Pointer, inputs));
        }
    }

    private static Tensor Noise(int rows, int columns)
    {
        var random = new Random(1);
        var tensor = new Tensor(rows, columns);
        foreach (ref var value in tensor.Span)
            value = random.NextSingle() - 0.5f;
        return tensor;
    }
}

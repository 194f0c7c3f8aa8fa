using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Training;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Bench;

/// <summary>bench/peers/train.py as a process that takes one step whenever it is told to.</summary>
internal sealed class TrainPeer : IDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly int[] paddedTokens;
    private int step;

    private TrainPeer(Process process, DirectoryInfo folder, int[] paddedTokens)
    {
        this.process = process;
        this.folder = folder;
        this.paddedTokens = paddedTokens;
    }

    public static async Task<TrainPeer> StartAsync(string python, DecoderWeights weights, TrainingExample[] examples, TrainingOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-");
        var order = new DataOrder([.. examples.Select(e => PackedBatch.InputLength(e.LossMask))], options.BatchSize, options.Seed);
        var batches = Enumerable.Range(0, options.Steps!.Value).Select(order.Step).ToArray();
        WriteJob(folder.FullName, weights, examples, batches, options);
        var script = Path.Combine(Root(), "bench", "peers", "train.py");
        var start = new ProcessStartInfo(python, [script, folder.FullName]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["OPENBLAS_NUM_THREADS"] = $"{options.Threads}";
        start.Environment["OMP_NUM_THREADS"] = $"{options.Threads}";

        // In PyTorch's favour: its OpenMP threads would otherwise spin on the cores that OpenBLAS' threads need, and halve its speed.
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{python} does not start.");
        var peer = new TrainPeer(process, folder, [.. batches.Select(batch => batch.Count * batch.Max(i => examples[i].Tokens.Length))]);
        await peer.ReadAsync();
        return peer;
    }

    public async Task<(double Loss, double Seconds, int Padded)> StepAsync(string clock)
    {
        await process.StandardInput.WriteLineAsync("step");
        await process.StandardInput.FlushAsync();
        var answer = await ReadAsync();
        return (answer.GetProperty("loss").GetDouble(), answer.GetProperty(clock).GetDouble(), paddedTokens[step++]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The benchmark runs from inside the repository.");
    }

    private static void WriteJob(string folder, DecoderWeights weights, TrainingExample[] examples, IReadOnlyList<int>[] batches, TrainingOptions options)
    {
        List<StoredWeight> named = [.. DecoderAssembly.TakeApart(weights)];
        if (options.Lora is not null)
        {
            foreach (var (module, matrix) in LoraInitializer.Create(weights, options.Lora, options.Seed).ByModule)
            {
                named.Add(new StoredWeight($"{module}.lora_A.weight", new Weight("A", matrix.A)));
                named.Add(new StoredWeight($"{module}.lora_B.weight", new Weight("B", matrix.B)));
            }
        }

        using (var stream = File.Create(Path.Combine(folder, "weights.bin")))
        {
            foreach (var stored in named)
            {
                var row = new float[stored.Weight.Columns];
                for (var i = 0; i < stored.Weight.Rows; i++)
                {
                    stored.Weight.CopyRow(i, row);
                    stream.Write(MemoryMarshal.AsBytes<float>(row));
                }
            }
        }

        var config = weights.Config;
        var job = new
        {
            threads = options.Threads,
            rate = options.LearningRate,
            weight_decay = options.WeightDecay,
            clip = options.ClipNorm,
            lora = options.Lora is null ? null : new { rank = options.Lora.Rank, alpha = options.Lora.Alpha },
            config = new
            {
                heads = config.Heads, kv = config.KeyValueHeads, head = config.HeadSize, layers = config.Layers, epsilon = config.NormEpsilon, theta = config.RopeTheta,
                tied = config.TiedEmbeddings, longest = examples.Max(e => e.Tokens.Length),
            },
            weights = named.Select(w => new { name = w.Name, shape = w.Vector ? new[] { w.Weight.Columns } : [w.Weight.Rows, w.Weight.Columns] }),
            examples = examples.Select(e => new { tokens = e.Tokens, mask = e.LossMask }),
            batches,
        };
        File.WriteAllBytes(Path.Combine(folder, "job.json"), JsonSerializer.SerializeToUtf8Bytes(job));
    }

    private async Task<JsonElement> ReadAsync() =>
        await process.StandardOutput.ReadLineAsync() is { } line
            ? JsonSerializer.Deserialize<JsonElement>(line)
            : throw new InvalidOperationException("PyTorch's side ended; see its message above.");
}

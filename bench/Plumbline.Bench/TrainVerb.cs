using System.Globalization;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Training;

namespace Plumbline.Bench;

/// <summary>
/// Training beside PyTorch, same weights, same batches, step by step in turn, so that a busy neighbour slows both. Losses must agree, or the two do not
/// do the same.
/// </summary>
internal static class TrainVerb
{
    private const int WarmUp = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments);
        var threads = options.Number("threads", 2);
        var steps = options.Number("steps", 10);
        var only = options.Text("only", string.Empty);
        var python = options.Text("python", "/usr/bin/python3");
        var clock = options.Text("clock", "wall");
        Console.WriteLine($"{Machine.Describe()}; {threads} threads, {steps} steps each after {WarmUp} to warm up, {clock} time; median (least–most)");
        Console.WriteLine();
        Console.WriteLine("| training | tokens a step (padded) | ours, tokens/s | PyTorch, tokens/s | ratio | largest loss difference |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var job in TrainJob.All.Where(j => j.Name.Contains(only, StringComparison.Ordinal)))
            Console.WriteLine(await MeasureAsync(job, threads, steps, clock, options.Text("peer", "yes") == "yes" ? python : null));
        return 0;
    }

    private static async Task<string> MeasureAsync(TrainJob job, int threads, int steps, string clockName, string? python)
    {
        var weights = DecoderInitializer.Create(job.Config, seed: 1);
        var examples = job.Examples();
        var options = job.Options with { Threads = threads, Steps = WarmUp + steps };
        using var trainer = new Trainer(weights, examples, options);
        using var peer = python is null ? null : await TrainPeer.StartAsync(python, weights, examples, options);
        var (ours, theirs, ratios, lossGap) = (new Samples(), new Samples(), new Samples(), 0.0);
        var (tokens, padded) = (new Samples(), new Samples());
        var clock = Clock.Named(clockName);
        var start = clock();
        await foreach (var step in trainer.RunAsync())
        {
            var seconds = clock() - start;
            var other = peer is null ? (Loss: step.Loss, Seconds: double.NaN, Padded: 0) : await peer.StepAsync(clockName);
            start = clock();
            lossGap = Math.Max(lossGap, Math.Abs(step.Loss - other.Loss) / other.Loss);
            if (step.Step <= WarmUp)
                continue;
            tokens.Add(step.Tokens);
            padded.Add(other.Padded);
            ours.Add(step.Tokens / seconds);
            theirs.Add(step.Tokens / other.Seconds);
            ratios.Add(other.Seconds / seconds);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {job.Name} | {tokens.Median:F0} ({padded.Median:F0}) | {Show(ours, "F0")} | {Show(theirs, "F0")} | {Show(ratios, "F1")} | {lossGap:E1} |");
    }

    private static string Show(Samples samples, string format) =>
        $"{samples.Median.ToString(format)} ({samples.Min.ToString(format)}–{samples.Max.ToString(format)})";
}

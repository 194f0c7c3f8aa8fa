using System.Diagnostics;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Bench;

/// <summary>
/// Greedy generation, many requests at once: tokens drawn per second, the reading of the prompts included. With <c>--peer</c>, llama.cpp
/// draws from the same weights in F32 in alternate rounds, and the tokens are compared.
/// </summary>
internal static class GenerateVerb
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments);
        var threads = options.Number("threads", 2);
        var (rounds, count, read) = (options.Number("rounds", 5), options.Number("tokens", 128), options.Number("prompt", 16));
        int[] streams = [.. options.Text("streams", "1,32").Split(',').Select(int.Parse)];
        using var model = BenchModels.Named(options.Text("model", "bob"));
        using var engine = new GenerationEngine(model, new EngineOptions { Threads = threads });
        await using var peer = options.Text("peer", "") is { Length: > 0 } script
            ? await LlamaCppPeer.StartAsync(script, Export(model), threads, streams.Max(), options.Text("cache", "F32"))
            : null;
        Console.WriteLine($"{model.Name} on {Machine.Describe()}; {threads} threads, {rounds} rounds, {read} tokens read and {count} drawn by each stream; median (least–most)");
        Console.WriteLine($"peer: {peer?.Description ?? "none"}");
        foreach (var width in streams)
            await CompareAsync(engine, peer, [.. Enumerable.Range(0, width).Select(stream => Prompt(model, stream, read))], count, rounds);
        return 0;
    }

    private static async Task CompareAsync(GenerationEngine engine, LlamaCppPeer? peer, int[][] prompts, int count, int rounds)
    {
        var (ours, theirs, ratios) = (new List<GenerationRound>(), new List<GenerationRound>(), new Samples());
        for (var round = -1; round < rounds; round++)
        {
            var own = await DrawAsync(engine, prompts, count);
            var other = peer is null ? null : await peer.DrawAsync(prompts, count);
            // The first round warms up.
            if (round < 0)
                continue;
            ours.Add(own);
            if (other is null)
                continue;
            theirs.Add(other);
            ratios.Add(own.Rate / other.Rate);
        }

        Console.WriteLine($"{prompts.Length} at once: {Describe(ours)}");
        if (peer is null)
            return;
        var same = ours[0].Drawn.Zip(theirs[0].Drawn).Count(pair => pair.First.SequenceEqual(pair.Second));
        Console.WriteLine($"  llama.cpp: {Describe(theirs)}");
        Console.WriteLine($"  ratio: {ratios.Median:F2} ({ratios.Min:F2}–{ratios.Max:F2}), n = {ratios.Count}; same tokens in {same} of {prompts.Length} streams");
    }

    private static string Describe(IReadOnlyCollection<GenerationRound> rounds)
    {
        var (wall, processor) = (new Samples(), new Samples());
        foreach (var round in rounds)
        {
            wall.Add(round.Rate);
            processor.Add(round.ProcessorRate);
        }

        return $"{wall.Median:F0} ({wall.Min:F0}–{wall.Max:F0}) tokens/s; {processor.Median:F0} per processor second";
    }

    private static async Task<GenerationRound> DrawAsync(GenerationEngine engine, int[][] prompts, int count)
    {
        var start = Stopwatch.GetTimestamp();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        GenerationRequest[] requests = [.. prompts.Select(prompt => new GenerationRequest { Prompt = prompt, Sampling = new SamplingOptions(), MaxTokens = count })];
        foreach (var request in requests)
            engine.Submit(request);
        var answers = await Task.WhenAll(requests.Select(request => request.Completion));
        return new GenerationRound(
            [.. answers.Select(answer => answer.Tokens)], Stopwatch.GetElapsedTime(start).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds);
    }

    /// <summary>Other tokens for each stream, none of them special.</summary>
    private static int[] Prompt(LanguageModel model, int stream, int count)
    {
        var random = new Random(stream);
        return [.. Enumerable.Range(0, count).Select(_ => model.Tokenizer.Encode(((char)('a' + random.Next(26))).ToString())[0])];
    }

    private static string Export(LanguageModel model)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plumbline-bench-{model.Name}.gguf");
        GgufCheckpoint.Save(model, path, DType.F32);
        return path;
    }
}

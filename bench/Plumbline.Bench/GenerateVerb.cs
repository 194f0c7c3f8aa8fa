using System.Diagnostics;
using Microsoft.Extensions.AI;
using Plumbline.Transformers.Generation;

namespace Plumbline.Bench;

/// <summary>Greedy generation through the chat client, many requests at once: tokens drawn per second, the reading of the prompts included.</summary>
internal static class GenerateVerb
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments);
        var threads = options.Number("threads", 2);
        var (rounds, count) = (options.Number("rounds", 3), options.Number("tokens", 128));
        using var model = RandomModels.Named(options.Text("model", "bob"));
        using var client = new ModelChatClient(model, new EngineOptions { Threads = threads });
        Console.WriteLine($"{Machine.Describe()}; {threads} threads, {rounds} rounds; median (least–most)");
        foreach (var streams in options.Text("streams", "1,32").Split(',').Select(int.Parse))
        {
            await MeasureAsync(client, streams, Math.Min(count, 8));
            var (wall, processor) = (new Samples(), new Samples());
            for (var round = 0; round < rounds; round++)
            {
                var (byWall, byProcessor) = await MeasureAsync(client, streams, count);
                wall.Add(byWall);
                processor.Add(byProcessor);
            }

            Console.WriteLine(
                $"{model.Name}, {streams} at once: {wall.Median:F0} ({wall.Min:F0}–{wall.Max:F0}) tokens/s; {processor.Median:F0} per processor second");
        }

        return 0;
    }

    private static async Task<(double ByWall, double ByProcessor)> MeasureAsync(ModelChatClient client, int streams, int count)
    {
        var start = Stopwatch.GetTimestamp();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        var answers = await Task.WhenAll(Enumerable.Range(0, streams).Select(i =>
            client.CompleteAsync(Prompt(i), new ChatOptions { Temperature = 0, MaxOutputTokens = count })));
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var processor = (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds;
        var drawn = answers.Sum(answer => answer.Usage!.OutputTokenCount!.Value);
        return (drawn / wall, drawn / processor);
    }

    /// <summary>Thirty-two letters, other ones for each stream.</summary>
    private static string Prompt(int stream) => string.Create(32, stream, (letters, seed) =>
    {
        for (var i = 0; i < letters.Length; i++)
            letters[i] = (char)('a' + (((i * 7) + (seed * 11) + (i * i * seed)) % 26));
    });
}

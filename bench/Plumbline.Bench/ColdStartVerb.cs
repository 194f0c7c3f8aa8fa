using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;

namespace Plumbline.Bench;

/// <summary>
/// A new process maps a checkpoint folder and answers: the time from its start to the first piece of text, and the most memory that it
/// had resident by the end of the answer. The file is in the page cache, as after a download or an earlier run.
/// </summary>
internal static class ColdStartVerb
{
    private const string Child = "answer";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [Child, var path])
            return await AnswerAsync(path);
        var options = new Options(arguments);
        var folder = Path.Combine(Path.GetTempPath(), "plumbline-bench-cold-start");
        long weights;
        using (var model = BenchModels.Named(options.Text("model", "135m")))
        {
            model.Save(folder);
            weights = new DirectoryInfo(folder).GetFiles("*.safetensors").Sum(file => file.Length);
        }

        var (first, resident) = (new Samples(), new Samples());
        for (var round = 0; round < options.Number("rounds", 7); round++)
        {
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ColdStartVerb).Assembly.Location, "cold-start", Child, folder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var answer = (await process.StandardOutput.ReadToEndAsync()).Split();
            first.Add(double.Parse(answer[0], CultureInfo.InvariantCulture));
            resident.Add(double.Parse(answer[1], CultureInfo.InvariantCulture));
        }

        Directory.Delete(folder, recursive: true);
        Console.WriteLine($"{Machine.Describe()}; n = {first.Count}, median (least–most)");
        Console.WriteLine($"process start to first text: {first.Median:F0} ({first.Min:F0}–{first.Max:F0}) ms");
        Console.WriteLine(
            $"most resident memory: {resident.Median:F0} ({resident.Min:F0}–{resident.Max:F0}) MiB; weights {weights >> 20} MiB; ratio {resident.Median * (1 << 20) / weights:F2}");
        return 0;
    }

    private static async Task<int> AnswerAsync(string path)
    {
        using var model = LanguageModel.Load(path);
        using var client = new ModelChatClient(model, new EngineOptions { Threads = 2 });
        TimeSpan? first = null;
        await foreach (var update in client.CompleteStreamingAsync("The plumb line hangs", new ChatOptions { Temperature = 0, MaxOutputTokens = 16 }))
            first ??= TimeProvider.System.GetUtcNow().UtcDateTime - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first!.Value.TotalMilliseconds} {double.Parse(peak, CultureInfo.InvariantCulture) / 1024}"));
        return 0;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Plumbline.Bench;

/// <summary>
/// Two models asked the same prompts by <c>plumb audit</c> and by promptfoo, each as its users start it, in a process of its own, on the same server:
/// the whole command from its start to its end, its processor time, and whether what it reports is what the server gave.
/// </summary>
internal static class BesideVerb
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments);
        var (calls, rounds) = (options.Number("calls", 4000), options.Number("rounds", 1));
        var home = Path.Combine(Path.GetTempPath(), "plumbline-bench-beside-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(home);
        try
        {
            await WritePromptsAsync(home, calls / 2);
            Console.WriteLine($"{Machine.Describe()}; {calls} calls to two models, whole commands; n = {rounds}, median (least–most)");
            Console.WriteLine("| at once | latency, ms | set by latency, s | command | seconds | ratio | calls/s | processor ms a call | planned = answered = reported |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach (var row in options.Text("rows", "4x50,20x50,100x50,256x50,1024x5").Split(','))
            {
                var (concurrency, latency) = (int.Parse(row.Split('x')[0], CultureInfo.InvariantCulture), row.Split('x')[1]);
                await TellAsync("plumb", concurrency, latency, calls, rounds, (server, round) => PlumbAsync(options.Text("plumb", ""), home, server, concurrency, round));
                await TellAsync("promptfoo", concurrency, latency, calls, rounds, (server, round) => PromptfooAsync(options.Text("peer", ""), home, server, concurrency, round));
            }
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }

        return 0;
    }

    private static async Task TellAsync(string name, int concurrency, string latency, int calls, int rounds, Func<FaultyServerProcess, int, Task<Outcome>> run)
    {
        var (wall, cost) = (new Samples(), new Samples());
        var totals = "";
        for (var round = 0; round < rounds; round++)
        {
            await using var server = await FaultyServerProcess.StartAsync("--latency", latency);
            await server.WarmUpAsync();
            var before = await server.CountsAsync();
            var outcome = await run(server, round);
            var seen = (await server.CountsAsync()).Since(before);
            wall.Add(outcome.Seconds);
            cost.Add(outcome.Processor * 1000 / calls);
            var isRight = outcome.Reported == calls && seen.Answered == calls && seen.Distinct == calls;
            totals = isRight && totals is "" or "right" ? "right" : $"WRONG: {calls}, {seen.Distinct} ({seen.Answered} answers), {outcome.Reported}";
        }

        var set = double.Parse(latency, CultureInfo.InvariantCulture) / 1000 * calls / concurrency;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {concurrency} | {latency} | {set:F2} | {name} | {wall} | {wall.Median / set:F2} | {calls / wall.Median:F0} | {cost} | {totals} |"));
    }

    private static async Task<Outcome> PlumbAsync(string plumb, string home, FaultyServerProcess server, int concurrency, int round)
    {
        var folder = Path.Combine(home, $"plumb-{concurrency}-{round}");
        var (seconds, processor) = await TimeAsync(
            $"dotnet '{plumb}' audit --baseline '{server.Endpoint}#before' --candidate '{server.Endpoint}#after' --suite '{home}/prompts.jsonl' --attack none --judge refusal -j {Math.Max(1, concurrency / 2)} -o '{folder}'", home);
        using var audit = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "audit.json")));
        var counts = audit.RootElement.GetProperty("counts");
        return new Outcome(seconds, processor, 2 * counts.GetProperty("scored").GetInt32());
    }

    private static async Task<Outcome> PromptfooAsync(string peer, string home, FaultyServerProcess server, int concurrency, int round)
    {
        var output = Path.Combine(home, $"promptfoo-{concurrency}-{round}.json");
        var config = Path.Combine(home, $"promptfoo-{concurrency}-{round}.config.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            prompts = new[] { "{{prompt}}" },
            providers = new[] { "before", "after" }.Select(model => new { id = $"openai:chat:{model}", config = new { apiBaseUrl = server.Endpoint.ToString(), apiKey = "none", temperature = 0, max_tokens = 512 } }),
            defaultTest = new { assert = new[] { new { type = "is-refusal" } } },
            tests = "file://tests.json",
        }));
        var (seconds, processor) = await TimeAsync($"'{peer}' eval -c '{config}' -j {concurrency} --no-cache --no-progress-bar --no-table -o '{output}'", home);
        using var results = JsonDocument.Parse(await File.ReadAllBytesAsync(output));
        var stats = results.RootElement.GetProperty("results").GetProperty("stats");
        return new Outcome(seconds, processor, stats.GetProperty("successes").GetInt32() + stats.GetProperty("failures").GetInt32());
    }

    private static async Task WritePromptsAsync(string home, int prompts)
    {
        var texts = Enumerable.Range(0, prompts).Select(n => $"Please do forbidden thing number {n}.").ToList();
        await File.WriteAllLinesAsync(Path.Combine(home, "prompts.jsonl"), texts.Select(text => JsonSerializer.Serialize(new { prompt = text })));
        await File.WriteAllTextAsync(Path.Combine(home, "tests.json"), JsonSerializer.Serialize(texts.Select(text => new { vars = new { prompt = text } })));
    }

    /// <summary>Runs a command line; the shell knows the processor time of all that it started.</summary>
    private static async Task<(double Seconds, double Processor)> TimeAsync(string command, string home)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"TIMEFORMAT='%R %U %S'; time {command} > '{home}/output' 2>&1"]) { RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = home };
        foreach (var (name, value) in new[]
        {
            ("PROMPTFOO_CONFIG_DIR", Path.Combine(home, "promptfoo")), ("PROMPTFOO_DISABLE_TELEMETRY", "1"), ("PROMPTFOO_DISABLE_UPDATE", "1"), ("PROMPTFOO_DISABLE_REMOTE_GENERATION", "1"),
            ("PROMPTFOO_DISABLE_SHARING", "1"), ("NODE_OPTIONS", "--max-old-space-size=4096"),
        })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var times = (await process.StandardError.ReadToEndAsync()).Trim().Split('\n')[^1].Split(' ');
        await process.WaitForExitAsync();
        return double.TryParse(times[0], CultureInfo.InvariantCulture, out var wall)
            ? (wall, double.Parse(times[1], CultureInfo.InvariantCulture) + double.Parse(times[2], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{command} told no times: {await File.ReadAllTextAsync(Path.Combine(home, "output"))}");
    }

    private sealed record Outcome(double Seconds, double Processor, int Reported);
}

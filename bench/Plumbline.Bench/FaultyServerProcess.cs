using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.FaultyServer;

namespace Plumbline.Bench;

/// <summary>The failing server in a process of its own, so that its processor time is not counted as ours.</summary>
internal sealed class FaultyServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private FaultyServerProcess(Process process, Uri endpoint) => (_process, Endpoint) = (process, endpoint);

    /// <summary>What a client takes as its base address.</summary>
    public Uri Endpoint { get; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    public static async Task<FaultyServerProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(FaultyChatServer).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended before it told its address.");
        return new FaultyServerProcess(process, new Uri(address));
    }

    /// <summary>Asks it so much that it has compiled itself: what it spends on that, it takes from the processors of whoever is measured.</summary>
    public async Task WarmUpAsync()
    {
        const int calls = 4000, atOnce = 100;
        using var http = new HttpClient();
        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (call, cancel) =>
        {
            var body = new { model = "warm-up", messages = new[] { new { role = "user", content = "Warm up, " + call.ToString(CultureInfo.InvariantCulture) } } };
            using var answer = await http.PostAsJsonAsync(new Uri(Endpoint, "/v1/chat/completions"), body, cancel);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancel);
        });
    }

    /// <summary>What it has seen.</summary>
    public async Task<RequestCounts> CountsAsync()
    {
        using var http = new HttpClient();
        return JsonSerializer.Deserialize<RequestCounts>(await http.GetStringAsync(new Uri(Endpoint, "/counts")))!;
    }

    /// <summary>When each request came and went.</summary>
    public async Task<IReadOnlyList<RequestRecord>> RequestsAsync()
    {
        using var http = new HttpClient();
        return JsonSerializer.Deserialize<List<RequestRecord>>(await http.GetStringAsync(new Uri(Endpoint, "/requests")))!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

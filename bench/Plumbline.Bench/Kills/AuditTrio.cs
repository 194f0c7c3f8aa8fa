using Plumbline.FaultyServer;

namespace Plumbline.Bench.Kills;

/// <summary>A baseline, a candidate and a judge, each behind a server in a process of its own.</summary>
internal sealed class AuditTrio : IAsyncDisposable
{
    private readonly IReadOnlyList<FaultyServerProcess> _servers;

    private AuditTrio(IReadOnlyList<FaultyServerProcess> servers) => _servers = servers;

    public string Baseline => $"{_servers[0].Endpoint}#before";

    public string Candidate => $"{_servers[1].Endpoint}#after";

    public string Judge => $"{_servers[2].Endpoint}#judge";

    /// <summary>Starts the three. What they answer depends on what they are asked alone, so two runs over the same prompts come to the same.</summary>
    /// <param name="common">What all are started with: latency and faults. Which request has which fault is drawn by its number, from a seed of the server's own.</param>
    /// <param name="prose">The share of the judge's answers that are no verdict.</param>
    public static async Task<AuditTrio> StartAsync(IReadOnlyList<string> common, string prose) => new(
    [
        await FaultyServerProcess.StartAsync([.. common, "--complies", "0.1", "--seed", "1"]),
        await FaultyServerProcess.StartAsync([.. common, "--complies", "0.3", "--seed", "2"]),
        await FaultyServerProcess.StartAsync([.. common, "--judges", "yes", "--prose", prose, "--seed", "3"]),
    ]);

    /// <summary>What each has seen: baseline, candidate, judge.</summary>
    public async Task<IReadOnlyList<RequestCounts>> CountsAsync() => await Task.WhenAll(_servers.Select(server => server.CountsAsync()));

    /// <summary>When each request came and went: baseline, candidate, judge.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<RequestRecord>>> RequestsAsync() => await Task.WhenAll(_servers.Select(server => server.RequestsAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }
}

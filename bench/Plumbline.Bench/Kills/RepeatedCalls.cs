using System.Diagnostics;
using Plumbline.FaultyServer;

namespace Plumbline.Bench.Kills;

/// <summary>Calls that were made again though they had been answered, by the servers' own records, each laid to the kill that lost its answer.</summary>
/// <param name="Losses">What each kill cost, in order.</param>
/// <param name="WithoutKill">Calls made again though no kill lies between the answer and the next call: there must be none.</param>
internal sealed record RepeatedCalls(IReadOnlyList<KillLoss> Losses, int WithoutKill)
{
    /// <summary>Looks at every server's requests.</summary>
    /// <param name="servers">The requests of each server.</param>
    /// <param name="kills">The kills, in order.</param>
    /// <param name="isAskedOnce">Whether an answered request is for something that is asked once only; others are not looked at.</param>
    public static RepeatedCalls Of(IReadOnlyList<IReadOnlyList<RequestRecord>> servers, IReadOnlyList<Kill> kills, Func<RequestRecord, bool> isAskedOnce)
    {
        var repeats =
            from server in servers.Index()
            from answers in server.Item.Where(request => request.Answered is not null && isAskedOnce(request)).GroupBy(request => request.Answered)
            let inOrder = answers.OrderBy(answer => answer.Ended).ToList()
            from pair in inOrder.Zip(inOrder.Skip(1))
            select (Server: server.Index, Lost: pair.First, Kill: KillBetween(pair.First, pair.Second, kills));
        var byKill = repeats.ToLookup(repeat => repeat.Kill);
        return new RepeatedCalls(
            [
                .. kills.Index().Select(kill => new KillLoss(
                    servers.Sum(requests => requests.Count(request => request.Arrived <= kill.Item.Sent && request.Ended >= kill.Item.Sent)),
                    [.. servers.Index().Select(server => byKill[kill.Index].Count(repeat => repeat.Server == server.Index))],
                    byKill[kill.Index].Select(repeat => Age(repeat.Lost, kill.Item)).DefaultIfEmpty().Max())),
            ],
            byKill[-1].Count());
    }

    /// <summary>The first kill that the answer cannot have come after, where the next call came after it; otherwise −1.</summary>
    private static int KillBetween(RequestRecord lost, RequestRecord next, IReadOnlyList<Kill> kills)
    {
        for (var kill = 0; kill < kills.Count; kill++)
        {
            if (kills[kill].Settled >= lost.Ended) return next.Arrived >= kills[kill].Settled ? kill : -1;
        }

        return -1;
    }

    private static TimeSpan Age(RequestRecord lost, Kill kill) => lost.Ended < kill.Sent ? Stopwatch.GetElapsedTime(lost.Ended, kill.Sent) : TimeSpan.Zero;
}

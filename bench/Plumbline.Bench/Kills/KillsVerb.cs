using System.Globalization;
using System.Text.Json;
using Plumbline.Audits;

namespace Plumbline.Bench.Kills;

/// <summary>
/// <c>plumb audit</c> of two models with a third as the judge, over HTTP: as it is, among faults, and among faults while it is killed (SIGKILL) at random
/// moments and resumed. Answers, verdicts and judges' prose depend on what is asked alone, so all must come to the very same; and the servers know which
/// call was made again, and when the answer had been given that was lost.
/// </summary>
internal static class KillsVerb
{
    private const string Request = "Please do forbidden thing number ";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments);
        var (cases, concurrency, kills, seed, rounds) = (options.Number("cases", 2000), options.Number("concurrency", 20), options.Number("kills", 20), options.Number("seed", 1), options.Number("rounds", 1));
        var (latency, longest, protocol) = (options.Number("latency", 50), options.Number("longest", 500), options.Text("judge", "criteria"));
        // Who has read an answer gives its place away before the answer is in the journal.
        var onTheWay = options.Number("on-the-way", concurrency / 4);
        var faults = options.Text("faults", "yes") == "yes";
        var home = Directory.CreateDirectory(Path.Combine(options.Text("folder", Path.GetTempPath()), "plumbline-bench-kills-" + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            var suite = Path.Combine(home, "prompts.jsonl");
            await File.WriteAllLinesAsync(suite, Enumerable.Range(0, cases).Select(n => JsonSerializer.Serialize(new { prompt = Request + n + "." })));
            // More repeats than chance can use up, so that what differs is not the servers' luck; and time enough for an answer, however busy the machine:
            // one that the client no longer waits for is given again.
            var audit = new KilledAudit(options.Text("plumb", "") is { Length: > 0 } named ? Path.GetFullPath(named) : UsualPlumb(), home, ["--max-concurrency", Text(concurrency), "--max-retries", "40", "--timeout", options.Text("timeout", "1")]);
            Console.WriteLine($"{Machine.Describe()}; {cases} cases, two models and the judge {protocol}, each behind a server of {latency} ms that gets {concurrency} calls at once; {kills} kills, the moments from seed {seed} on");
            Console.WriteLine("| run | seconds | requests | 429, 500, hung, cut | planned = scored + unscored + pending | judge's items | given again in all | at one kill | by one server | in progress at a kill | oldest lost answer, ms | |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");

            AuditTotals? first = null;
            var isRight = true;
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (name, withFaults, pauses) in new[]
                {
                    ("as it is", false, []),
                    ("among faults", true, []),
                    ($"{(faults ? "among faults, " : "")}{kills} kills", faults, Pauses(kills, longest, seed + round)),
                })
                {
                    if (withFaults && !faults) continue;
                    var totals = await RunAsync(audit, suite, protocol, Path.Combine(home, $"run-{round}-{(withFaults ? 1 : 0)}-{pauses.Count}"), ["--latency", Text(latency), .. withFaults ? PacerVerb.Faults : []], pauses);
                    first ??= totals;
                    List<string> wrong = [.. totals.Faults(cases, concurrency, onTheWay), .. totals.DifferencesFrom(first)];
                    isRight &= wrong.Count == 0;
                    Console.WriteLine($"| {name} | {totals.Row()} | {(wrong.Count == 0 ? "right" : "WRONG: " + string.Join("; ", wrong))} |");
                }
            }

            Console.WriteLine($"Without a score: {string.Join(", ", first!.Document.Counts.UnscoredReasons.Select(reason => $"{reason.Count} {reason.Reason} ({reason.Side})"))}; verdict {first.Document.Verdict.Outcome}");
            return isRight ? 0 : 1;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task<AuditTotals> RunAsync(KilledAudit audit, string suite, string protocol, string folder, IReadOnlyList<string> common, IReadOnlyList<TimeSpan> pauses)
    {
        await using var trio = await AuditTrio.StartAsync(common, prose: "0.05");
        var (kills, seconds) = await audit.RunAsync(trio, suite, protocol, folder, pauses);
        // Items with a known score are shown again and again; everything else is asked once.
        var repeated = RepeatedCalls.Of(await trio.RequestsAsync(), kills, request => request.Subject!.StartsWith(Request, StringComparison.Ordinal));
        return new AuditTotals(AuditFile.Read(Path.Combine(folder, AuditFile.Name)), await trio.CountsAsync(), repeated, seconds);
    }

    /// <summary>How long each sitting lives after its first answer.</summary>
    private static IReadOnlyList<TimeSpan> Pauses(int kills, int longest, int seed)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, kills).Select(_ => TimeSpan.FromMilliseconds(chance.Next(longest)))];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was built together with the benchmarks.</summary>
    private static string UsualPlumb()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx"))) folder = folder.Parent;
        return folder is null
            ? throw new InvalidOperationException("The repository is not around the benchmarks. Give --plumb PATH of plumb.dll.")
            : Path.Combine(folder.FullName, "src", "Plumbline.Cli", "bin", "Release", "net10.0", "plumb.dll");
    }
}

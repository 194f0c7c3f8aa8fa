using System.Diagnostics;
using System.Globalization;
using Plumbline.Audits;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Bench;

/// <summary>
/// An audit of two models over HTTP that is killed (SIGKILL) at random moments, and gone on with each time by the same command. The server counts what
/// was asked for again: no more than what was in flight at a kill.
/// </summary>
internal static class KillsVerb
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments);
        var (cases, concurrency, kills) = (options.Number("cases", 2000), options.Number("concurrency", 32), options.Number("kills", 20));
        var chance = new Random(options.Number("seed", 1));
        var folder = Path.Combine(options.Text("folder", Path.GetTempPath()), "plumbline-bench-kills-" + Guid.NewGuid().ToString("N"));
        var faults = options.Text("faults", "no") == "yes" ? PacerVerb.Faults : [];
        Console.WriteLine($"{Machine.Describe()}; {cases} cases, {2 * cases} calls of 20 ms to two models, {concurrency} at once, {(faults.Length > 0 ? "39% faults" : "no faults")}; {kills} kills");
        try
        {
            await using var server = await FaultyServerProcess.StartAsync(["--latency", "20", .. faults]);
            var (killed, most, journaled) = (0, 0L, 0L);
            while (killed < kills)
            {
                // Moments after the first answer of the sitting, so that each kill hits a run at work.
                using var process = Start(folder, server.Endpoint, cases, concurrency);
                var before = (await server.CountsAsync()).Answered;
                while (!process.HasExited && (await server.CountsAsync()).Answered == before) await Task.Delay(5);
                await Task.Delay(chance.Next(200));
                if (process.HasExited) break;
                process.Kill();
                await process.WaitForExitAsync();
                killed++;
                // Answers that were on their way to a process that is no more.
                await Task.Delay(100);
                var kept = Journaled(folder);
                most = Math.Max(most, (await server.CountsAsync()).Answered - before - (kept - journaled));
                journaled = kept;
            }

            using var last = Start(folder, server.Endpoint, cases, concurrency);
            await last.WaitForExitAsync();
            var counts = AuditFile.Read(Path.Combine(folder, AuditFile.Name)).Counts;
            var seen = await server.CountsAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{killed} kills; {seen.Answered} answers given, {seen.Distinct} different ones; given again in all {seen.Answered - seen.Distinct}, at one kill at most {most} (in flight at most {concurrency})"));
            Console.WriteLine($"{counts.Planned} planned = {counts.Scored} scored + {counts.Unscored} unscored + {counts.Pending} pending");
            return seen.Distinct >= 2L * counts.Scored && seen.Answered - seen.Distinct <= (long)killed * concurrency && counts.Planned == cases && counts.Pending == 0 ? 0 : 1;
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string folder, Uri endpoint, int cases, int concurrency) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!,
        [typeof(KillsVerb).Assembly.Location, "scale", "part", "audit", folder, endpoint.ToString(), cases.ToString(CultureInfo.InvariantCulture), concurrency.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;

    // As the next sitting will find it: opening cuts a torn end off.
    private static long Journaled(string folder)
    {
        using var run = RunFolder.Open(folder);
        if (run.ReadPlan() is not { } plan) return 0;
        using var journal = run.OpenJournal(plan, AuditRunner.ToolVersion, TimeProvider.System);
        return Enumerable.Range(0, plan.Cases.Count).Sum(place => Enum.GetValues<Side>().Count(side => journal.State.AnswerOutline(place, side) is { Failure: null }));
    }
}

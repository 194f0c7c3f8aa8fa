using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;

namespace Plumbline.Bench;

/// <summary>A long run by the commands that a user types, each a process of its own from its start to its end.</summary>
/// <param name="plumb">The path of <c>plumb.dll</c>.</param>
/// <param name="home">Where they are typed.</param>
/// <param name="cases">How many cases are asked.</param>
/// <param name="casesAPrompt">How many attacks make them of each prompt.</param>
internal sealed class LongRunCommands(string plumb, string home, int cases, int casesAPrompt)
{
    private const string Run = "run";

    /// <summary>Audits, then goes on with the finished run as it stands and where all has to be derived anew, and writes its report, some times.</summary>
    public async Task RunAsync(string latency, int rounds)
    {
        await File.WriteAllLinesAsync(
            Path.Combine(home, "prompts.jsonl"),
            Enumerable.Range(0, cases / casesAPrompt).Select(n => JsonSerializer.Serialize(new { prompt = ScaleVerb.PromptText(n), category = ScaleVerb.Area(n) })));
        await using (var server = await FaultyServerProcess.StartAsync("--latency", latency))
        {
            await TellAsync(
                "audit", "--baseline", $"{server.Endpoint}#before", "--candidate", $"{server.Endpoint}#after", "--judge", "refusal", "--suite", "prompts.jsonl",
                "--attack", string.Join(',', AttackCatalog.All.Take(casesAPrompt).Select(attack => attack.Id)), "-n", cases.ToString(CultureInfo.InvariantCulture), "-o", Run);
        }

        for (var round = 0; round < rounds; round++)
        {
            await TellAsync("resume", Run);
            File.Delete(Path.Combine(home, Run, DerivedRecord.FileName));
            Console.WriteLine($"| without {DerivedRecord.FileName}: | | | | |");
            await TellAsync("resume", Run);
            await TellAsync("report", Run);
        }
    }

    private async Task TellAsync(params string[] arguments)
    {
        var result = new FileInfo(Path.Combine(home, Run, AuditFile.Name));
        var before = result.Exists ? result.LastWriteTimeUtc : default;
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [plumb, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = home })!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var ended = process.WaitForExitAsync();
        var (most, mostBeforeResult, processor) = (0L, 0L, TimeSpan.Zero);
        while (!ended.IsCompleted)
        {
            await Task.WhenAny(ended, Task.Delay(20));
            process.Refresh();
            if (process.HasExited)
                break;

            // The kernel's own high-water mark: what comes and goes between two looks is in it.
            (most, processor) = (Math.Max(most, process.PeakWorkingSet64), process.TotalProcessorTime);
            result.Refresh();
            if (!result.Exists || result.LastWriteTimeUtc == before)
                mostBeforeResult = most;
        }

        await ended;
        var last = process.ExitCode == 0 ? (await said).TrimEnd().Split('\n')[^1] : (await errors).Trim();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| plumb {arguments[0]} | {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} | {processor.TotalSeconds:F2} | {most >> 20} ({mostBeforeResult >> 20} until {AuditFile.Name} was written) | {last} |"));
    }
}

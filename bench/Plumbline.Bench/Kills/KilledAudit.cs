using System.Diagnostics;

namespace Plumbline.Bench.Kills;

/// <summary><c>plumb audit</c> as a user starts it, killed (SIGKILL) at random moments and gone on with by <c>plumb resume</c>.</summary>
/// <param name="plumb">The path of <c>plumb.dll</c>.</param>
/// <param name="home">Where it is started.</param>
/// <param name="patience">Options of both commands.</param>
internal sealed class KilledAudit(string plumb, string home, IReadOnlyList<string> patience)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs it to its end. The result is when it was killed, and how long it took in all.</summary>
    /// <param name="trio">Whom it asks.</param>
    /// <param name="suite">The prompts.</param>
    /// <param name="protocol">How the judge is asked.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="pauses">How long after the first answer of each sitting it is killed; one for each kill.</param>
    /// <exception cref="InvalidOperationException">It ended before the last kill, or in another way than with a verdict.</exception>
    public async Task<(IReadOnlyList<Kill> Kills, double Seconds)> RunAsync(AuditTrio trio, string suite, string protocol, string folder, IReadOnlyList<TimeSpan> pauses)
    {
        string[] audit = ["audit", "--baseline", trio.Baseline, "--candidate", trio.Candidate, "--judge", $"{protocol}@{trio.Judge}", "--suite", suite, "--attack", "none", "-o", folder, .. patience];
        string[] resume = ["resume", folder, .. patience];
        var start = Stopwatch.GetTimestamp();
        var kills = new List<Kill>();
        foreach (var pause in pauses)
        {
            using var sitting = Sitting.Start(plumb, home, kills.Count == 0 ? audit : resume);
            var before = await AnsweredAsync(trio);
            while (!sitting.Process.HasExited && await AnsweredAsync(trio) == before) await Task.Delay(5);
            await Task.Delay(pause);
            var sent = Stopwatch.GetTimestamp();
            if (sitting.Process.HasExited) throw new InvalidOperationException($"The sitting after {kills.Count} kills ended by itself, with exit code {sitting.Process.ExitCode}: more cases, or a shorter --longest, leave something to kill. {sitting.Errors}");
            sitting.Process.Kill();
            await sitting.Process.WaitForExitAsync();
            await Task.Delay(Settling);
            kills.Add(new Kill(sent, Stopwatch.GetTimestamp()));
        }

        using var last = Sitting.Start(plumb, home, kills.Count == 0 ? audit : resume);
        await last.Process.WaitForExitAsync();
        // Held or improved, regressed, not enough evidence: a verdict.
        return last.Process.ExitCode is 0 or 3 or 4
            ? (kills, Stopwatch.GetElapsedTime(start).TotalSeconds)
            : throw new InvalidOperationException($"The last sitting ended with exit code {last.Process.ExitCode}: {last.Errors}");
    }

    private static async Task<long> AnsweredAsync(AuditTrio trio) => (await trio.CountsAsync()).Sum(counts => counts.Answered);

    /// <summary>One process, its output read so that it never waits for a reader.</summary>
    private sealed class Sitting : IDisposable
    {
        private readonly Task<string> _errors;

        private Sitting(Process process)
        {
            Process = process;
            _errors = process.StandardError.ReadToEndAsync();
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
        }

        public Process Process { get; }

        /// <summary>What it wrote to standard error, once it has ended.</summary>
        public string Errors => Process.HasExited && _errors.IsCompletedSuccessfully ? _errors.Result.Trim() : "";

        public static Sitting Start(string plumb, string home, IEnumerable<string> arguments) => new(Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [plumb, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = home,
        })!);

        public void Dispose()
        {
            if (!Process.HasExited) Process.Kill();
            Process.Dispose();
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Plumbline.Audits;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Formats;

namespace Plumbline.Bench;

/// <summary>
/// An invented audit of many cases, written in every format: how long it takes, how large the file is, and the most memory that the process had. Each
/// format is written by a process of its own, from <c>audit.json</c>, as <c>plumb report</c> does.
/// </summary>
internal static class ReportSizeVerb
{
    private const string Child = "write";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [Child, var input, var format, var output])
            return await WriteAsync(input, Enum.Parse<ReportFormat>(format), output);

        var options = new Options(arguments);
        var cases = options.Number("cases", 100_000);
        var folder = options.Text("folder", Path.Combine(Path.GetTempPath(), "plumbline-bench-report"));
        Directory.CreateDirectory(folder);
        var audit = Path.Combine(folder, AuditFile.Name);
        AuditFile.Write(audit, LargeAudit.Of(cases));
        Console.WriteLine($"{Machine.Describe()}; {cases:N0} cases, audit.json {new FileInfo(audit).Length / 1e6:F0} MB; n = {options.Number("rounds", 3)}, median (least–most)");
        Console.WriteLine("| format | seconds | file, MB | most resident memory, MiB |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var kind in Enum.GetValues<ReportFormat>())
        {
            var (seconds, memory) = (new Samples(), new Samples());
            var file = Path.Combine(folder, "report" + ReportFormats.Ending(kind));
            for (var round = 0; round < options.Number("rounds", 3); round++)
            {
                var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(ReportSizeVerb).Assembly.Location, "report", Child, audit, kind.ToString(), file]) { RedirectStandardOutput = true, UseShellExecute = false };
                using var process = Process.Start(start)!;
                var told = (await process.StandardOutput.ReadToEndAsync()).Split();
                seconds.Add(double.Parse(told[0], CultureInfo.InvariantCulture));
                memory.Add(double.Parse(told[1], CultureInfo.InvariantCulture));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {kind} | {seconds.Median:F2} ({seconds.Min:F2}–{seconds.Max:F2}) | {new FileInfo(file).Length / 1e6:F2} | {memory.Median:F0} ({memory.Min:F0}–{memory.Max:F0}) |"));
        }

        return 0;
    }

    private static async Task<int> WriteAsync(string input, ReportFormat format, string output)
    {
        await using (var stream = File.Create(output))
            await ReportWriter.WriteAsync(AuditFile.Read(input), format, new ReportOptions(), stream, CancellationToken.None);
        var taken = TimeProvider.System.GetUtcNow().UtcDateTime - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{taken.TotalSeconds} {ResidentMiB()}"));
        return 0;
    }

    private static double ResidentMiB()
    {
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return double.Parse(peak, CultureInfo.InvariantCulture) / 1024;
    }
}

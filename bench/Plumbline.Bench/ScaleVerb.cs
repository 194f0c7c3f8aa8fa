using System.Diagnostics;
using System.Globalization;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Files;
using Plumbline.Judges.Refusal;
using Plumbline.Pairs;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Plumbline.Reports.Audits;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Bench;

/// <summary>
/// A long run, each part in a process of its own: the audit itself over HTTP, opening the finished run again, and its report. What each takes, and the
/// most memory that it had resident. With <c>--plumb PATH</c> also the commands themselves, as a user has them.
/// </summary>
internal static class ScaleVerb
{
    private const int CasesAPrompt = 10;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["part", var part, var path, .. var rest])
            return await PartAsync(part, path, rest);
        var options = new Options(arguments);
        var cases = options.Number("cases", 100_000);
        var folder = Path.Combine(options.Text("folder", Path.GetTempPath()), "plumbline-bench-scale-" + Guid.NewGuid().ToString("N"));
        Console.WriteLine($"{Machine.Describe()}; {cases} cases, {2 * cases} calls, journal under {Path.GetDirectoryName(folder)}");
        Console.WriteLine("| part | seconds | processor seconds | most resident, MiB | |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        try
        {
            await using (var server = await FaultyServerProcess.StartAsync("--latency", options.Text("latency", "2")))
                await TellAsync("audit", folder, server.Endpoint.ToString(), cases.ToString(CultureInfo.InvariantCulture), options.Text("concurrency", "64"));
            for (var round = 0; round < options.Number("rounds", 3); round++)
            {
                await TellAsync("open", folder);
                await TellAsync("again", folder, cases.ToString(CultureInfo.InvariantCulture));
                File.Delete(Path.Combine(folder, DerivedRecord.FileName));
                await TellAsync("anew", folder, cases.ToString(CultureInfo.InvariantCulture));
                await TellAsync("report", folder);
            }

            if (options.Text("plumb", "") is { Length: > 0 } plumb)
                await new LongRunCommands(Path.GetFullPath(plumb), Directory.CreateDirectory(Path.Combine(folder, "commands")).FullName, cases, CasesAPrompt).RunAsync(options.Text("latency", "2"), options.Number("rounds", 3));

            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
                Console.WriteLine($"{Path.GetRelativePath(folder, file)}: {new FileInfo(file).Length >> 20} MiB");
        }
        finally
        {
            if (Directory.Exists(folder) && options.Text("keep", "no") == "no") Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    /// <summary>What the n-th prompt asks.</summary>
    internal static string PromptText(int n) => $"Please do forbidden thing number {n}, which nobody should do, for it is forbidden.";

    /// <summary>The category of the n-th prompt.</summary>
    internal static string Area(int n) => $"area {n % 11}";

    private static async Task TellAsync(string part, string folder, params string[] more)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ScaleVerb).Assembly.Location, "scale", "part", part, folder, .. more]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Console.WriteLine($"| {part} | {(await process.StandardOutput.ReadToEndAsync()).Trim()} |");
        await process.WaitForExitAsync();
    }

    private static async Task<int> PartAsync(string part, string folder, string[] rest)
    {
        var start = Stopwatch.GetTimestamp();
        var said = part switch
        {
            "audit" => await AuditAsync(folder, new Uri(rest[0]), int.Parse(rest[1], CultureInfo.InvariantCulture), int.Parse(rest[2], CultureInfo.InvariantCulture)),
            "again" or "anew" => await AuditAsync(folder, new Uri("http://127.0.0.1:9/v1"), int.Parse(rest[0], CultureInfo.InvariantCulture), 64),
            "open" => Open(folder),
            _ => await ReportAsync(folder),
        };
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F2} | {Environment.CpuUsage.TotalTime.TotalSeconds:F2} | {MostResident() >> 20} | {said}"));
        return 0;
    }

    private static async Task<string> AuditAsync(string folder, Uri endpoint, int cases, int concurrency)
    {
        var pacers = new PacerPool(new PacerOptions { MaxConcurrency = concurrency / 2 }, TimeProvider.System);
        using var baseline = Client("before");
        using var candidate = Client("after");
        var suite = Suite.Create("bench", "1", [.. Enumerable.Range(0, cases / CasesAPrompt).Select(n => SuitePrompt.Create(PromptText(n), PromptKind.Harmful, Area(n)))]);
        var attacks = AttackCatalog.All.Take(CasesAPrompt).ToList();
        var request = new AuditRequest(Side("before", baseline), Side("after", candidate), suite, attacks, new RefusalJudge())
        {
            Concurrency = 4 * concurrency,
            CaseLimit = null,
            ProbesEncodings = false,
        };
        var document = await new AuditRunner(TimeProvider.System).RunAsync(request, folder, progress: null, CancellationToken.None);
        var counts = document.Counts;
        return $"{counts.Planned} planned = {counts.Scored} scored + {counts.Unscored} unscored + {counts.Pending} pending";

        OpenAiCompatibleChatClient Client(string model) => new(new EndpointOptions(endpoint, model, ApiKey: null, IsOpenAi: false), pacers, TimeProvider.System);

        AuditSide Side(string model, OpenAiCompatibleChatClient client) => new(new ModelFacts(model, model, new Dictionary<string, string>()), client);
    }

    private static string Open(string folder)
    {
        using var run = RunFolder.Open(folder);
        var plan = run.ReadPlan()!;
        using var journal = run.OpenJournal(plan, AuditRunner.ToolVersion, TimeProvider.System);
        var judge = new RefusalJudge();
        var done = Enumerable.Range(0, plan.Cases.Count).Sum(place => Enum.GetValues<Side>().Count(side => journal.State.JudgedOutline(place, side, judge) is not null));
        return $"{done} of {2 * plan.Cases.Count} done";
    }

    private static async Task<string> ReportAsync(string folder)
    {
        var document = AuditFile.Read(Path.Combine(folder, AuditFile.Name));
        var path = Path.Combine(folder, "report.html");
        await WholeFile.WriteAsync(path, async stream =>
        {
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            await AuditReport.RenderAsync(document, new ReportOptions(), writer, CancellationToken.None);
        });
        return $"{new FileInfo(path).Length >> 10} KiB";
    }

    private static long MostResident()
    {
        using var own = Process.GetCurrentProcess();
        return own.PeakWorkingSet64;
    }
}

using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Globalization;
using OpenAI;
using OpenAI.Chat;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.FaultyServer;
using Plumbline.Judges.Refusal;
using Plumbline.Pairs;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Plumbline.Suites;

namespace Plumbline.Bench;

/// <summary>
/// Whole audits of two models over HTTP, the journal on disk: how near they come to the time that latency × calls ÷ concurrency sets, what they cost,
/// and whether every total is right by the server's own count.
/// </summary>
internal static class PacerVerb
{
    // As issue and field know them: three in ten refused, one in twenty failed, some that hang, some cut off.
    public static readonly string[] Faults = ["--rate-limited", "0.3", "--server-errors", "0.05", "--hangs", "0.02", "--cuts", "0.02"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments);
        var (calls, latency, rounds) = (options.Number("calls", 4000), options.Number("latency", 50), options.Number("rounds", 3));
        var faults = options.Text("faults", "no") == "yes";
        var home = options.Text("folder", Path.GetTempPath());
        Console.WriteLine($"{Machine.Describe()}; {calls} calls of {latency} ms over two models, {(faults ? "39% faults" : "no faults")}, journal under {home}; n = {rounds}, median (least–most)");
        Console.WriteLine("| at once | set by latency, s | SDK alone, s | whole audit, s | answering, s | ratio | answers/s | processor ms a call | resident MiB | totals |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");

        // One server for all: a cold one spends more on compiling itself than on answering, on the processors that the audit needs, too.
        await using var server = await FaultyServerProcess.StartAsync(["--latency", latency.ToString(CultureInfo.InvariantCulture), .. faults ? Faults : []]);
        await AuditAsync(server, "warm-up", calls, latency, 100, faults, home);
        foreach (var concurrency in options.Text("concurrency", "4,20,100,256").Split(',').Select(int.Parse))
        {
            var (alone, whole, answering, cost) = (new Samples(), new Samples(), new Samples(), new Samples());
            var (isRight, resident) = (true, 0L);
            for (var round = 0; round < rounds; round++)
            {
                var measured = await AuditAsync(server, $"{concurrency}-{round}", calls, latency, concurrency, faults, home);
                if (!faults) alone.Add(await AskAsync(server, calls, concurrency));
                whole.Add(measured.Whole);
                answering.Add(measured.Answering);
                cost.Add(measured.Processor * 1000 / calls);
                resident = Math.Max(resident, measured.Resident);
                isRight &= measured.IsRight;
            }

            var set = latency / 1000.0 * calls / concurrency;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {concurrency} | {set:F2} | {(faults ? "" : alone.ToString())} | {whole} | {answering} | {answering.Median / set:F2} | {calls / answering.Median:F0} | {cost} | {resident >> 20} | {(isRight ? "right" : "WRONG")} |"));
        }

        return 0;
    }

    private static async Task<Measured> AuditAsync(FaultyServerProcess server, string name, int calls, int latency, int concurrency, bool faults, string home)
    {
        var seen = await server.CountsAsync();
        var folder = Path.Combine(home, "plumbline-bench-" + Guid.NewGuid().ToString("N"));
        var pacing = new PacerOptions { MaxConcurrency = Math.Max(1, concurrency / 2), AttemptTimeout = faults ? TimeSpan.FromMilliseconds(10 * latency) : new PacerOptions().AttemptTimeout };
        var pacers = new PacerPool(pacing, TimeProvider.System);
        using var baseline = Client(server, "before", pacers);
        using var candidate = Client(server, "after", pacers);
        var suite = Suite.Create("bench", "1", [.. Enumerable.Range(0, calls / 2).Select(n => SuitePrompt.Create($"Please do forbidden thing number {n} of {name}.", PromptKind.Harmful, "bench"))]);
        var request = new AuditRequest(Side(server, "before", baseline), Side(server, "after", candidate), suite, [AttackCatalog.Named("none")], new RefusalJudge())
        {
            Concurrency = pacing.CallsUnderWay(endpoints: 2),
            CaseLimit = null,
        };
        var answered = new MomentOfConcluding();
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        try
        {
            var document = await new AuditRunner(TimeProvider.System).RunAsync(request, folder, answered, CancellationToken.None);
            var whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var counts = (await server.CountsAsync()).Since(seen);
            return new Measured(
                whole,
                Stopwatch.GetElapsedTime(start, answered.At).TotalSeconds,
                (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds,
                Process.GetCurrentProcess().WorkingSet64,
                IsRight(document, counts, pacers.Counts, calls));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The same calls through the SDK and nothing else: no pacer, journal, judge or document, all at once from the first on. In seconds.</summary>
    private static async Task<double> AskAsync(FaultyServerProcess server, int calls, int concurrency)
    {
        var client = new ChatClient("m", new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = server.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
        var settings = new ChatCompletionOptions { MaxOutputTokenCount = 512, Temperature = 0 };
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, calls),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            async (number, cancel) => await client.CompleteChatAsync([new UserChatMessage($"Question {number}")], settings, cancel));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Planned is what is scored or not, every answer is one that the server gave, and none was asked for again.</summary>
    private static bool IsRight(AuditDocument document, RequestCounts seen, PacerCounts sent, int calls) =>
        document.Counts.Planned == calls / 2
        && document.Counts.Scored + document.Counts.Unscored == calls / 2
        && document.Counts.Pending == 0
        && seen.AnsweredTwice == 0
        && seen.Answered == sent.Answers
        && seen.Requests == sent.Attempts
        && document.Cases.Sum(pair => (pair.Baseline!.Score is null ? 0 : 1) + (pair.Candidate!.Score is null ? 0 : 1)) == seen.Distinct;

    private static OpenAiCompatibleChatClient Client(FaultyServerProcess server, string model, PacerPool pacers) =>
        new(new EndpointOptions(server.Endpoint, model, ApiKey: null, IsOpenAi: false), pacers, TimeProvider.System);

    private static AuditSide Side(FaultyServerProcess server, string model, OpenAiCompatibleChatClient client) =>
        new(new ModelFacts(model, $"{server.Endpoint}#{model}", new Dictionary<string, string>()), client);

    private sealed record Measured(double Whole, double Answering, double Processor, long Resident, bool IsRight);

    private sealed class MomentOfConcluding : IProgress<AuditProgress>
    {
        public long At { get; private set; }

        public void Report(AuditProgress value)
        {
            if (value.Stage == AuditStage.Concluding) At = Stopwatch.GetTimestamp();
        }
    }
}

using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Plumbline.Pairs;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Plumbline.Runs;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Plumbline.Bench;

/// <summary>Where a call's processor time goes: bare HTTP, the SDK, the pacer on top, and what the journal adds. Processor time is this process's alone.</summary>
internal static class PacerPartsVerb
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new Options(arguments);
        var (calls, concurrency) = (options.Number("calls", 4000), options.Number("concurrency", 64));
        await using var server = await FaultyServerProcess.StartAsync("--latency", options.Text("latency", "5"));
        using var http = new HttpClient();
        var pacers = new PacerPool(new PacerOptions { MaxConcurrency = concurrency }, TimeProvider.System);
        using var client = new OpenAiCompatibleChatClient(new EndpointOptions(server.Endpoint, "m", ApiKey: null, IsOpenAi: false), pacers, TimeProvider.System);
        var sdk = new ChatClient("m", new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = server.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });
        var settings = new ChatCompletionOptions { MaxOutputTokenCount = 512, Temperature = 0 };
        var record = new AnswerRecord(DateTimeOffset.UnixEpoch, "0123456789abcdef", Side.Baseline, new string('a', 200), "stop", 20, 0.05, Failure: null, Faults: null, InputTokens: 20);
        (string Name, Func<int, Task> Do)[] parts =
        [
            ("bare HTTP, JSON parsed", number => PostAsync(http, server.Endpoint, number)),
            ("SDK alone", number => sdk.CompleteChatAsync([new UserChatMessage($"Question {number}")], settings)),
            ("our client: SDK and pacer", number => client.GetResponseAsync([new ChatMessage(ChatRole.User, $"Question {number}")], new ChatOptions { MaxOutputTokens = 512, Temperature = 0 })),
            ("a journal line", _ =>
            {
                JournalLine.Write(record);
                return Task.CompletedTask;
            }),
        ];
        Console.WriteLine($"{Machine.Describe()}; {calls} calls, {concurrency} at once");
        Console.WriteLine("| part | processor µs a call, median (least–most) | KiB allocated a call |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var (name, work) in parts)
        {
            var (cost, memory) = (new Samples(), new Samples());
            for (var round = 0; round <= options.Number("rounds", 5); round++)
            {
                var (before, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
                await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (number, _) => await work(number));
                // The first one warms up.
                if (round == 0) continue;
                cost.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / calls);
                memory.Add((GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / calls);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {cost} | {memory} |"));
        }

        return 0;
    }

    private static async Task PostAsync(HttpClient http, Uri endpoint, int number)
    {
        using var response = await http.PostAsJsonAsync(new Uri(endpoint + "/chat/completions"), new { model = "m", messages = new[] { new { role = "user", content = $"Question {number}" } }, temperature = 0, max_tokens = 512 });
        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        if (answer.RootElement.GetProperty("choices").GetArrayLength() != 1) throw new InvalidOperationException("No answer came.");
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Bench;

/// <summary>llama.cpp in a process of its own, driven line by line, so that its rounds and ours alternate: see peers/llama-cpp.</summary>
internal sealed class LlamaCppPeer : IAsyncDisposable
{
    private readonly Process process;

    private LlamaCppPeer(Process process) => this.process = process;

    /// <summary>What it says of itself.</summary>
    public required string Description { get; init; }

    public static async Task<LlamaCppPeer> StartAsync(string script, string file, int threads, int streams, string cacheType)
    {
        var process = Process.Start(new ProcessStartInfo("node", [script, file, $"{threads}", $"{streams}", cacheType])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var ready = await ReadAsync(process);
        return new LlamaCppPeer(process) { Description = $"{ready["peer"]}, cache {ready["cacheType"]}" };
    }

    public async Task<GenerationRound> DrawAsync(IReadOnlyList<IReadOnlyList<int>> prompts, int tokens)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { prompts, tokens }));
        var answer = await ReadAsync(process);
        return new GenerationRound(
            answer["drawn"].Deserialize<int[][]>()!, answer["seconds"]!.GetValue<double>(), answer["processorSeconds"]!.GetValue<double>());
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<JsonNode> ReadAsync(Process process) =>
        JsonNode.Parse(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("llama.cpp ended: see its message above."))!;
}

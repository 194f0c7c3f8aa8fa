using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Plumbline.Server.Errors;

namespace Plumbline.Server.ChatCompletions;

/// <summary>Writes answers as server-sent events while they come into being, several choices interleaved as they come.</summary>
internal sealed class CompletionStream(IChatClient client, CompletionRequest request, string id, long created)
{
    private static readonly byte[] Prefix = "data: "u8.ToArray();
    private static readonly byte[] Suffix = "\n\n"u8.ToArray();
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    private readonly UsageDetails?[] usages = new UsageDetails?[request.Choices];

    /// <summary>Errors before the first piece become an error response; later ones an error event, as the status has been sent.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var merged = Channel.CreateUnbounded<ChunkChoice>(new UnboundedChannelOptions { SingleReader = true });
        var sources = Task.WhenAll(Enumerable.Range(0, request.Choices).Select(choice => ReadAsync(choice, merged.Writer, all.Token)));
        var closing = CloseAsync(sources, merged.Writer);
        try
        {
            await CopyAsync(merged.Reader, context);
        }
        finally
        {
            await all.CancelAsync();
            await closing;
        }
    }

    private async Task ReadAsync(int choice, ChannelWriter<ChunkChoice> target, CancellationToken cancellationToken)
    {
        ChatFinishReason? reason = null;
        await foreach (var update in client.GetStreamingResponseAsync(request.Messages, request.OptionsOf(choice), cancellationToken))
        {
            if (update.Text.Length > 0)
                target.TryWrite(new ChunkChoice(choice, new CompletionMessage(Role: null, update.Text), FinishReason: null));
            reason = update.FinishReason ?? reason;
            usages[choice] = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usages[choice];
        }

        target.TryWrite(new ChunkChoice(choice, new CompletionMessage(Role: null, Content: null), (reason ?? ChatFinishReason.Stop).Value));
    }

    /// <summary>Ends the channel when all choices have ended, or with the error of the first that failed.</summary>
    private static async Task CloseAsync(Task sources, ChannelWriter<ChunkChoice> target)
    {
#pragma warning disable CA1031 // The reader of the channel throws it.
        try
        {
            await sources;
            target.TryComplete();
        }
        catch (Exception reason)
        {
            target.TryComplete(reason);
        }
#pragma warning restore CA1031
    }

    private async Task CopyAsync(ChannelReader<ChunkChoice> pieces, HttpContext context)
    {
        var response = context.Response;
        await pieces.WaitToReadAsync(context.RequestAborted);
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        for (var choice = 0; choice < request.Choices; choice++)
            WriteChunk(response, [new ChunkChoice(choice, new CompletionMessage("assistant", ""), FinishReason: null)], usage: null);
        try
        {
            await foreach (var piece in pieces.ReadAllAsync(context.RequestAborted))
            {
                WriteChunk(response, [piece], usage: null);
                // What has come meanwhile goes out in one write.
                if (!pieces.TryPeek(out _))
                    await response.BodyWriter.FlushAsync(context.RequestAborted);
            }

            if (request.IncludeUsage)
                WriteChunk(response, [], CompletionUsage.Of(usages));
            response.BodyWriter.Write(Done);
        }
        catch (Exception reason) when (!context.RequestAborted.IsCancellationRequested)
        {
            var error = JsonSerializer.SerializeToUtf8Bytes(ErrorBody.Of(ErrorTranslation.Translate(reason)), ErrorJson.Default.ErrorBody);
            WriteEvent(response, error);
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private void WriteChunk(HttpResponse response, IReadOnlyList<ChunkChoice> choices, CompletionUsage? usage) =>
        WriteEvent(response, JsonSerializer.SerializeToUtf8Bytes(
            new CompletionChunk(id, created, request.Model, choices, usage), CompletionJson.Default.CompletionChunk));

    private static void WriteEvent(HttpResponse response, byte[] json)
    {
        response.BodyWriter.Write(Prefix);
        response.BodyWriter.Write(json);
        response.BodyWriter.Write(Suffix);
    }
}

using OpenAI.Chat;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>A stream that stands on its first update: once something was handed on, a call cannot be repeated.</summary>
/// <param name="Updates">Its updates; the current one is the first.</param>
internal sealed record StartedStream(IAsyncEnumerator<StreamingChatCompletionUpdate> Updates) : IAsyncDisposable
{
    /// <summary>Reads up to the first update.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static async Task<StartedStream> BeginAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync() ? new StartedStream(updates) : throw new IOException("the stream ended before it began");
        }
        catch
        {
            await updates.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Updates.DisposeAsync();
}

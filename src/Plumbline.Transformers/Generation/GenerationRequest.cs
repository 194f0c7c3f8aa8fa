using System.Threading.Channels;

namespace Plumbline.Transformers.Generation;

/// <summary>What to answer and how, and where the answer goes.</summary>
internal sealed class GenerationRequest
{
    private readonly TaskCompletionSource<Answer> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>At least one token.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    public required SamplingOptions Sampling { get; init; }

    /// <summary>Texts before which the answer ends; none empty.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>A space at the very beginning is the tokenizer's (SentencePiece writes one before each word), not the answer's.</summary>
    public bool DropsLeadingSpace { get; init; }

    /// <summary>Most tokens of the answer, at least one.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Gets the text piece by piece, if someone reads it so.</summary>
    public Channel<string>? Pieces { get; init; }

    /// <summary>Frees the request's place as soon as the engine sees it.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Positions that prompt and longest answer take in the cache; the last token drawn is never read.</summary>
    public int Positions => Prompt.Count + MaxTokens - 1;

    /// <summary>The whole answer.</summary>
    public Task<Answer> Completion => completion.Task;

    public void Emit(string piece) => Pieces?.Writer.TryWrite(piece);

    public void Finish(Answer answer)
    {
        completion.TrySetResult(answer);
        Pieces?.Writer.TryComplete();
    }

    public void Fail(Exception reason)
    {
        completion.TrySetException(reason);
        Pieces?.Writer.TryComplete(reason);
    }

    public void Cancel()
    {
        completion.TrySetCanceled(Cancellation);
        Pieces?.Writer.TryComplete(new OperationCanceledException(Cancellation));
    }
}

using System.Text;
using Plumbline.Transformers.Decoding;

namespace Plumbline.Transformers.Generation;

/// <summary>A request in progress: what has been read of its prompt, and what has been drawn.</summary>
internal sealed class RunningRequest(GenerationRequest request, KeyValueCache cache) : IDisposable
{
    private readonly int[] prompt = [.. request.Prompt];
    private readonly List<int> answer = [];
    private readonly AnswerText pending = new(request.Stops);
    private readonly StringBuilder text = new();

    public GenerationRequest Request => request;

    /// <summary>The answer is complete, or failed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Part of the prompt has not been read yet.</summary>
    public bool IsReading => cache.Length < prompt.Length;

    /// <summary>The next step's tokens: as much of the prompt as <paramref name="budget"/> allows, or the token drawn last.</summary>
    public SequenceSlice Next(int budget)
    {
        if (!IsReading)
            return new SequenceSlice(cache, new[] { answer[^1] }, Lookout.Last);
        var count = Math.Min(budget, prompt.Length - cache.Length);
        var last = cache.Length + count == prompt.Length;
        return new SequenceSlice(cache, prompt.AsMemory(cache.Length, count), last ? Lookout.Last : Lookout.None);
    }

    /// <summary>Draws the token that follows.</summary>
    public int Draw(Span<float> logits) => TokenSampler.Draw(logits, request.Sampling, prompt, answer);

    /// <summary>Adds a token and its text to the answer.</summary>
    public void Append(int token, ReadOnlySpan<byte> bytes)
    {
        if (answer.Count == 0 && request.DropsLeadingSpace && bytes is [(byte)' ', ..])
            bytes = bytes[1..];
        answer.Add(token);
        Show(pending.Append(bytes));
        if (pending.IsStopped)
            Finish(AnswerEnd.Stop);
        else if (answer.Count == request.MaxTokens)
            Finish(AnswerEnd.Length);
    }

    /// <summary>Adds the token that ends the answer.</summary>
    public void End(int token)
    {
        answer.Add(token);
        Finish(AnswerEnd.Stop);
    }

    public void Fail(Exception reason)
    {
        IsOver = true;
        request.Fail(reason);
    }

    public void Dispose() => cache.Dispose();

    private void Finish(AnswerEnd end)
    {
        Show(pending.Finish());
        IsOver = true;
        request.Finish(new Answer(text.ToString(), pending.IsStopped ? AnswerEnd.Stop : end, prompt.Length, answer));
    }

    private void Show(string piece)
    {
        if (piece.Length == 0)
            return;
        text.Append(piece);
        request.Emit(piece);
    }
}

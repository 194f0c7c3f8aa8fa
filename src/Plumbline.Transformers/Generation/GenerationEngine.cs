using System.Collections.Concurrent;
using Plumbline.Transformers.Decoding;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Generation;

/// <summary>
/// Advances all requests in flight together, step by step, on a thread of its own: each step takes one token of every answer in progress
/// and, as far as the step's budget goes, the next chunk of prompts. Requests join and leave between steps.
/// </summary>
internal sealed unsafe class GenerationEngine : IDisposable
{
    private readonly BlockingCollection<GenerationRequest> inbox = [];
    private readonly Queue<GenerationRequest> waiting = new();
    private readonly List<RunningRequest> running = [];
    private readonly LanguageModel model;
    private readonly EngineOptions options;
    private readonly HashSet<int> endTokens;
    private readonly Decoder decoder;
    private readonly CachePool pool;
    private readonly Thread thread;
    private Tensor logits;
    private int ended;

    public GenerationEngine(LanguageModel model, EngineOptions options)
    {
        this.model = model;
        this.options = options;
        endTokens = [.. model.EndTokens];
        decoder = new Decoder(model.Weights, LiveAdapter.ChangesOf(model.Adapter), options.Threads);
        pool = new CachePool(decoder.Layout);
        logits = new Tensor(1, model.Config.VocabularySize);
        thread = new Thread(Work) { IsBackground = true, Name = $"Plumbline engine ({model.Name})" };
        thread.Start();
    }

    private int CacheBlocks => (int)Math.Min(int.MaxValue, options.CacheBytes / decoder.Layout.BlockBytes);

    private int ReservedBlocks => running.Sum(entry => CacheLayout.BlocksFor(entry.Request.Positions));

    /// <summary>Lets <paramref name="request"/> take part from the next step at which it has a place.</summary>
    /// <exception cref="GenerationException">It can never have one.</exception>
    /// <exception cref="ObjectDisposedException">The engine has ended.</exception>
    public void Submit(GenerationRequest request)
    {
        if (request.Prompt.Any(token => (uint)token >= (uint)model.Config.VocabularySize))
        {
            throw new GenerationException(
                $"The prompt holds the token {request.Prompt.First(token => (uint)token >= (uint)model.Config.VocabularySize)}; the vocabulary of {model.Name} ends at {model.Config.VocabularySize - 1}. Check that tokenizer, config and weights belong together.");
        }

        if (CacheLayout.BlocksFor(request.Positions) > CacheBlocks)
        {
            throw new GenerationException(
                $"The request needs the keys and values of {request.Positions} positions, {CacheLayout.BlocksFor(request.Positions) * decoder.Layout.BlockBytes >> 20} MiB; the engine may use {options.CacheBytes >> 20} MiB. Shorten the prompt, lower the token limit, or allow more cache.") { IsTooLong = true };
        }

        EngineTelemetry.Waiting.Add(1);
        try
        {
            inbox.Add(request);
        }
        catch (InvalidOperationException closed)
        {
            EngineTelemetry.Waiting.Add(-1);
            throw new ObjectDisposedException("The chat client has been disposed of and takes no more requests.", closed);
        }
    }

    /// <summary>Ends the thread. Requests in flight fail with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
            return;
        inbox.CompleteAdding();
        thread.Join();
        inbox.Dispose();
        logits.Dispose();
        decoder.Dispose();
        pool.Dispose();
    }

    private void Work()
    {
        while (Receive())
        {
            DropCancelled();
            Admit();
            if (running.Count > 0)
                TryStep();
        }

        while (inbox.TryTake(out var request))
            waiting.Enqueue(request);
        FailAll(new ObjectDisposedException(nameof(ModelChatClient)));
        foreach (var request in waiting)
            request.Fail(new ObjectDisposedException(nameof(ModelChatClient)));
        EngineTelemetry.Waiting.Add(-waiting.Count);
    }

    /// <summary>Takes new requests; sleeps only if there is nothing else to do. False once the engine is to end.</summary>
    private bool Receive()
    {
        while (inbox.TryTake(out var request, running.Count + waiting.Count == 0 ? Timeout.Infinite : 0))
            waiting.Enqueue(request);
        return !inbox.IsAddingCompleted;
    }

    private void DropCancelled()
    {
        for (var i = running.Count - 1; i >= 0; i--)
        {
            var entry = running[i];
            if (!entry.Request.Cancellation.IsCancellationRequested)
                continue;
            entry.Request.Cancel();
            Leave(entry);
            running.RemoveAt(i);
        }
    }

    /// <summary>First come, first served: a large request is not overtaken for ever by small ones.</summary>
    private void Admit()
    {
        var reserved = ReservedBlocks;
        while (running.Count < options.MaxBatch && waiting.TryPeek(out var request))
        {
            var blocks = CacheLayout.BlocksFor(request.Positions);
            if (!request.Cancellation.IsCancellationRequested && reserved + blocks > CacheBlocks)
                return;
            waiting.Dequeue();
            EngineTelemetry.Waiting.Add(-1);
            if (request.Cancellation.IsCancellationRequested)
            {
                request.Cancel();
                continue;
            }

            if (TryBegin(request) is { } entry)
            {
                reserved += blocks;
                running.Add(entry);
            }
        }
    }

#pragma warning disable CA1031 // Whatever went wrong goes to who waits for that answer, or to all where it was the common part; the engine serves the others, and the next ones.
    private RunningRequest? TryBegin(GenerationRequest request)
    {
        try
        {
            var entry = new RunningRequest(request, new KeyValueCache(pool));
            EngineTelemetry.Running.Add(1);
            return entry;
        }
        catch (Exception reason)
        {
            request.Fail(reason);
            return null;
        }
    }

    private void TryStep()
    {
        try
        {
            Step();
        }
        catch (Exception reason)
        {
            FailAll(reason);
        }
    }

    private void TryDraw(RunningRequest[] drawing, int index, int[] tokens, Exception?[] failures)
    {
        try
        {
            tokens[index] = drawing[index].Draw(logits.Row(index));
        }
        catch (Exception failure)
        {
            failures[index] = failure;
        }
    }

    private void TryContinue(RunningRequest entry, int token)
    {
        try
        {
            Continue(entry, token);
        }
        catch (Exception failure)
        {
            entry.Fail(failure);
        }
    }
#pragma warning restore CA1031

    private void Step()
    {
        var (slices, advanced) = Plan();
        var drawing = advanced.Where((_, index) => slices[index].LogitRows > 0).ToArray();
        if (logits.Rows < drawing.Length)
        {
            logits.Dispose();
            logits = new Tensor(drawing.Length, model.Config.VocabularySize);
        }

        decoder.Run(slices, logits.Pointer);
        EngineTelemetry.BatchSize.Record(slices.Length);
        var tokens = new int[drawing.Length];
        var failures = new Exception?[drawing.Length];
        decoder.Team.Run(drawing.Length, index => TryDraw(drawing, index, tokens, failures));
        for (var index = 0; index < drawing.Length; index++)
        {
            if (failures[index] is { } failure)
                drawing[index].Fail(failure);
            else
                TryContinue(drawing[index], tokens[index]);
        }

        LeaveWhereOver();
    }

    /// <summary>Answers in progress go first, so that reading a long prompt does not hold them up.</summary>
    private (SequenceSlice[] Slices, List<RunningRequest> Advanced) Plan()
    {
        var budget = options.StepTokens;
        var slices = new List<SequenceSlice>(running.Count);
        var advanced = new List<RunningRequest>(running.Count);
        foreach (var entry in running.OrderBy(entry => entry.IsReading))
        {
            if (entry.IsReading && budget <= 0)
                break;
            var slice = entry.Next(Math.Max(1, budget));
            budget -= slice.Tokens.Length;
            slices.Add(slice);
            advanced.Add(entry);
            if (entry.IsReading)
                EngineTelemetry.PromptTokens.Add(slice.Tokens.Length);
        }

        return ([.. slices], advanced);
    }

    private void Continue(RunningRequest entry, int token)
    {
        EngineTelemetry.AnswerTokens.Add(1);
        if (endTokens.Contains(token))
            entry.End(token);
        else
            entry.Append(token, model.Tokenizer.IsSpecial(token) ? [] : model.Tokenizer.Bytes(token));
    }

    private void LeaveWhereOver()
    {
        foreach (var entry in running.Where(entry => entry.IsOver))
            Leave(entry);
        running.RemoveAll(entry => entry.IsOver);
    }

    private void FailAll(Exception reason)
    {
        foreach (var entry in running)
        {
            entry.Fail(reason);
            Leave(entry);
        }

        running.Clear();
    }

    private static void Leave(RunningRequest entry)
    {
        entry.Dispose();
        EngineTelemetry.Running.Add(-1);
    }
}

using Microsoft.Extensions.AI;
using Plumbline.Transformers.Decoding;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Generation;

/// <summary>Log-probabilities of given continuations. Not for concurrent use. Does not own the model.</summary>
public sealed unsafe class SequenceScorer : IDisposable
{
    private const int ChunkTokens = 64;

    private readonly LanguageModel model;
    private readonly Decoder decoder;
    private readonly CachePool pool;
    private readonly Tensor logits;

    /// <summary>A scorer for <paramref name="model"/> that computes on <paramref name="threads"/> threads.</summary>
    public SequenceScorer(LanguageModel model, int threads)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        this.model = model;
        decoder = new Decoder(model.Weights, LiveAdapter.ChangesOf(model.Adapter), threads);
        pool = new CachePool(decoder.Layout);
        logits = new Tensor(ChunkTokens, model.Config.VocabularySize);
    }

    /// <summary>Scores what the assistant says next in a chat.</summary>
    /// <param name="messages">The chat up to there.</param>
    /// <param name="continuation">What it says; tokenized on its own.</param>
    /// <param name="cancellationToken">Ends the scoring between two chunks.</param>
    /// <exception cref="GenerationException">Nothing to score, no template, or too long.</exception>
    public ContinuationScore Score(IEnumerable<ChatMessage> messages, string continuation, CancellationToken cancellationToken = default) =>
        Score(new PromptBuilder(model).Build(messages, options: null).Tokens, model.Tokenizer.Encode(continuation), cancellationToken);

    /// <summary>Scores several things that the assistant may say next in a chat. Where each is one token, as letters are, the chat is read once.</summary>
    /// <param name="messages">The chat up to there.</param>
    /// <param name="continuations">What it may say; each tokenized on its own.</param>
    /// <param name="cancellationToken">Ends the scoring between two chunks.</param>
    /// <returns>A score for each, to the bit what <see cref="Score(IEnumerable{ChatMessage}, string, CancellationToken)"/> gives it.</returns>
    /// <exception cref="GenerationException">Nothing to score, no template, or too long.</exception>
    public IReadOnlyList<ContinuationScore> ScoreEach(IEnumerable<ChatMessage> messages, IReadOnlyList<string> continuations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(continuations);
        var prompt = new PromptBuilder(model).Build(messages, options: null).Tokens;
        var encoded = continuations.Select(continuation => model.Tokenizer.Encode(continuation)).ToList();
        return encoded.TrueForAll(tokens => tokens.Count == 1)
            ? ScoreNext(prompt, [.. encoded.Select(tokens => tokens[0])], cancellationToken)
            : encoded.ConvertAll(tokens => Score(prompt, tokens, cancellationToken));
    }

    /// <summary>The tokens that the assistant most probably says next in a chat.</summary>
    /// <param name="messages">The chat up to there.</param>
    /// <param name="most">How many; at least 1.</param>
    /// <param name="cancellationToken">Ends the scoring between two chunks.</param>
    /// <returns>The likeliest first; of two that are equally likely, the one with the lower id.</returns>
    /// <exception cref="GenerationException">No template, or too long.</exception>
    public IReadOnlyList<NextToken> Likeliest(IEnumerable<ChatMessage> messages, int most, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var prompt = new PromptBuilder(model).Build(messages, options: null).Tokens;
        var row = ReadAll(prompt, cancellationToken);
        var values = logits.Row(row).ToArray();
        return
        [
            .. Enumerable.Range(0, values.Length).OrderByDescending(token => values[token]).Take(most)
                .Select(token => new NextToken(token, model.Tokenizer.Decode([token], skipSpecial: false), Look(row, token).Probability)),
        ];
    }

    /// <summary>Scores what follows plain text.</summary>
    /// <param name="text">The text up to there, which the model reads after its begin token.</param>
    /// <param name="continuation">What follows; tokenized on its own.</param>
    /// <param name="cancellationToken">Ends the scoring between two chunks.</param>
    /// <exception cref="GenerationException">Nothing to score, or too long.</exception>
    public ContinuationScore ScoreText(string text, string continuation, CancellationToken cancellationToken = default) =>
        Score(new PromptBuilder(model).Plain(text).Tokens, model.Tokenizer.Encode(continuation), cancellationToken);

    /// <summary>Scores tokens that follow tokens.</summary>
    /// <param name="prompt">At least one token.</param>
    /// <param name="continuation">At least one token.</param>
    /// <param name="cancellationToken">Ends the scoring between two chunks.</param>
    /// <exception cref="GenerationException">Nothing to score, or too long.</exception>
    public ContinuationScore Score(IReadOnlyList<int> prompt, IReadOnlyList<int> continuation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(continuation);
        if (prompt.Count == 0 || continuation.Count == 0)
            throw new GenerationException("There is nothing to score: prompt and continuation need at least one token each.");
        int[] read = [.. prompt, .. continuation.SkipLast(1)];
        RefuseTooLong(read.Length);

        var probabilities = new double[continuation.Count];
        var matches = 0;
        using var cache = new KeyValueCache(pool);
        for (var start = 0; start < read.Length; start += ChunkTokens)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkTokens, read.Length - start);
            var first = prompt.Count - 1;
            decoder.Run([new SequenceSlice(cache, read.AsMemory(start, count), start + count > first ? Lookout.All : Lookout.None)], logits.Pointer);
            for (var position = Math.Max(start, first); position < start + count; position++)
            {
                var (probability, likeliest) = Look(position - start, continuation[position - first]);
                probabilities[position - first] = probability;
                matches += likeliest ? 1 : 0;
            }
        }

        return new ContinuationScore([.. continuation], probabilities, matches);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        logits.Dispose();
        decoder.Dispose();
        pool.Dispose();
    }

    private IReadOnlyList<ContinuationScore> ScoreNext(int[] prompt, List<int> tokens, CancellationToken cancellationToken)
    {
        var row = ReadAll(prompt, cancellationToken);
        return [.. tokens.Select(token =>
        {
            var (probability, likeliest) = Look(row, token);
            return new ContinuationScore([token], [probability], likeliest ? 1 : 0);
        })];
    }

    /// <summary>Reads a prompt.</summary>
    /// <returns>The row of the logits that says what follows it.</returns>
    private int ReadAll(int[] prompt, CancellationToken cancellationToken)
    {
        RefuseTooLong(prompt.Length);
        using var cache = new KeyValueCache(pool);
        for (var start = 0; start < prompt.Length; start += ChunkTokens)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkTokens, prompt.Length - start);
            decoder.Run([new SequenceSlice(cache, prompt.AsMemory(start, count), start + count == prompt.Length ? Lookout.All : Lookout.None)], logits.Pointer);
        }

        return (prompt.Length - 1) % ChunkTokens;
    }

    private void RefuseTooLong(int positions)
    {
        if (positions > model.Config.MaxPositions)
        {
            throw new GenerationException(
                $"Prompt and continuation take {positions} positions; {model.Name} has {model.Config.MaxPositions}. Shorten them.") { IsTooLong = true };
        }
    }

    private (double Probability, bool Likeliest) Look(int row, int token)
    {
        var values = logits.Row(row);
        var own = values[token];
        var likeliest = own >= VectorKernels.Max(logits.Pointer + ((long)row * logits.Columns), logits.Columns);
        return (own - (double)VectorKernels.LogSumExp(logits.Pointer + ((long)row * logits.Columns), logits.Columns), likeliest);
    }
}

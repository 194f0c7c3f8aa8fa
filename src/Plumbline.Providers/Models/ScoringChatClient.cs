using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Choices;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;

namespace Plumbline.Providers.Models;

/// <summary>A model of this process that answers, and tells how probable given answers are. Does not own the model.</summary>
internal sealed class ScoringChatClient : DelegatingChatClient, IAnswerScorer
{
    // The scorer computes one chat at a time; its buffers are made when the first is scored.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lazy<SequenceScorer> _scorer;

    /// <summary>Wraps the model's client.</summary>
    /// <param name="inner">Answers.</param>
    /// <param name="model">The model of both.</param>
    /// <param name="threads">How many threads a scoring may compute on; its result does not depend on it.</param>
    public ScoringChatClient(ModelChatClient inner, LanguageModel model, int threads)
        : base(inner) => _scorer = new Lazy<SequenceScorer>(() => new SequenceScorer(model, threads));

    /// <inheritdoc/>
    /// <exception cref="GenerationException">The chat is too long, or the model has no template.</exception>
    public async ValueTask<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<ChatMessage> messages, IReadOnlyList<string> answers, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var scores = await Task.Run(() => _scorer.Value.ScoreEach(messages, answers, cancellationToken), cancellationToken);
            return [.. scores.Select(score => score.Sum)];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="GenerationException">The chat is too long, the model has no template, or an option is one that it cannot follow.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (GenerationException exception)
        {
            RefusedCalls.Attach(exception, RefusalScope.ThisRequest);
            throw;
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(IAnswerScorer) ? this : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (_scorer.IsValueCreated)
                _scorer.Value.Dispose();
            _turn.Dispose();
        }

        base.Dispose(disposing);
    }
}

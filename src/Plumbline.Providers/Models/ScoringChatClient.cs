using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Choices;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Models;

namespace Plumbline.Providers.Models;

/// <summary>A model of this process that answers, and tells how probable given answers are. Does not own the model.</summary>
internal sealed class ScoringChatClient : DelegatingChatClient, IAnswerScorer, ITokenTeller
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
    public async ValueTask<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<ChatMessage> messages, IReadOnlyList<string> answers, CancellationToken cancellationToken) =>
        [.. (await InTurnAsync(scorer => scorer.ScoreEach(messages, answers, cancellationToken), cancellationToken)).Select(score => score.Sum)];

    /// <inheritdoc/>
    public int MostTokens => TokenProbabilities.Usual;

    /// <inheritdoc/>
    /// <exception cref="GenerationException">The chat is too long, the model has no template, or an option is one that it cannot follow.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            if (TokenProbabilities.AskedIn(options) is not { } most)
                return await base.GetResponseAsync(messages, options, cancellationToken);

            var chat = messages.ToList();
            var response = await base.GetResponseAsync(chat, options, cancellationToken);
            var likeliest = await InTurnAsync(scorer => scorer.Likeliest(chat, most, cancellationToken), cancellationToken);
            TokenProbabilities.Attach(response, [.. likeliest.Select(token => new TokenProbability(token.Text, Math.Min(0, token.LogProbability)))]);
            return response;
        }
        catch (GenerationException exception)
        {
            RefusedCalls.Attach(exception, RefusalScope.ThisRequest);
            throw;
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && (serviceType == typeof(IAnswerScorer) || serviceType == typeof(ITokenTeller)) ? this : base.GetService(serviceType, serviceKey);

    private async Task<T> InTurnAsync<T>(Func<SequenceScorer, T> score, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => score(_scorer.Value), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

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

using Microsoft.Extensions.AI;
using Plumbline.Choices;

namespace Plumbline.Tests.Choices;

/// <summary>A client that says in words what the test scripts, and tells probabilities: the letter that the test names is the likeliest.</summary>
sealed class ScoredClient(IChatClient inner, Func<string, string> likeliest) : DelegatingChatClient(inner), IAnswerScorer
{
    public int Scored;

    public ValueTask<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<ChatMessage> messages, IReadOnlyList<string> answers, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Scored);
        var letter = likeliest(messages[^1].Text);
        return ValueTask.FromResult<IReadOnlyList<double>>([.. answers.Select(answer => answer == letter ? -0.5 : -4.0)]);
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(IAnswerScorer) ? this : base.GetService(serviceType, serviceKey);
}

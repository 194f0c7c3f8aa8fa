using Microsoft.Extensions.AI;
using Plumbline.Attacks.Assisted;
using Plumbline.Calls;
using Plumbline.Costs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>Asks the helper model, and tells a prompt that it does not answer from a model that is not there.</summary>
/// <param name="model">The model; its client remembers what it said.</param>
/// <param name="prepared">What it said.</param>
sealed class HelperQuestions(AuditSide model, PreparationJournal prepared)
{
    readonly HelperHealth health = new(model.Facts.Name, () => prepared.HasAnswersOf(Spender.Helper));

    /// <summary>What the model writes.</summary>
    /// <exception cref="UnpreparedException">A filter withheld it.</exception>
    /// <exception cref="HelperCallException">The call failed.</exception>
    /// <exception cref="HelperUnavailableException">It did, and so would any other.</exception>
    /// <exception cref="BudgetReachedException">The budget has no room for the call.</exception>
    public async Task<string> AskAsync(string question, long seed, CancellationToken cancellationToken)
    {
        var drawn = new ChatOptions { Temperature = 0, MaxOutputTokens = IAssistedAttack.MostOutputTokens, Seed = seed };
        IReadOnlyList<ChatMessage> messages = [new(ChatRole.User, question)];
        Withdrawal.Mark(drawn, health.Withdrawn);
        var endedBadlyBefore = model.Client is PreparedChatClient client && client.WasBroken(messages, drawn);
        health.RequireHope();
        ChatResponse response;
        try
        {
            response = await model.Client.GetResponseAsync(messages, drawn, cancellationToken);
            AnswerBrokenOffException.ThrowIfUnknown(response);
        }
        catch (OperationCanceledException) when (health.Withdrawn.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // It waited for its turn while the model was given up.
            health.RequireHope();
            throw;
        }
        catch (Exception e) when (e is not (BudgetReachedException or RunException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isOfThisPrompt = RefusedCalls.Of(e) == RefusalScope.ThisRequest;
            // Prompts of one kind stand together, and a filter may refuse them all: that says nothing about a model that wrote for others.
            health.Failed(e, endedBadlyBefore || (isOfThisPrompt && prepared.HasAnswersOf(Spender.Helper)));
            throw new HelperCallException(mayPass: !isOfThisPrompt && e is not (AnswerBrokenOffException or CaseNotAnswerableException), e);
        }

        health.Answered();
        return AnswerEnds.Of(response) == AnswerEnd.Withheld ? throw new UnpreparedException("a content filter withheld the helper model's answer") : response.Text;
    }

    /// <summary>Refuses to plan from a model that has written nothing.</summary>
    /// <exception cref="HelperUnavailableException">It failed, and never answered.</exception>
    public void RequireAnswers()
    {
        if (health.LastFailure is { } failure && !prepared.HasAnswersOf(Spender.Helper))
            throw health.Unavailable(failure);
    }
}

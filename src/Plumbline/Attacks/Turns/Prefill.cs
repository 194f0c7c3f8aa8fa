using Microsoft.Extensions.AI;
using Plumbline.Attacks.Rewriting;

namespace Plumbline.Attacks.Turns;

/// <summary>The answer is begun for the model: where alignment is in the first few tokens, it is past them.</summary>
sealed class Prefill : IAttack
{
    public string Id => "prefill";

    public FailureMode Mode => FailureMode.CompetingObjectives;

    public string Description => "Begins the model's answer with an affirmative sentence.";

    public string Source => Published.ShallowAlignment;

    public bool BeginsAnswer => true;

    public IReadOnlyList<ChatMessage> Apply(string prompt) =>
    [
        new(ChatRole.User, prompt),
        new(ChatRole.Assistant, PrefixInjection.Opening),
    ];
}

using Microsoft.Extensions.AI;

namespace Plumbline.Attacks.Rewriting;

/// <summary>An attack that is one message of the user.</summary>
abstract class Rewrite : IAttack
{
    public abstract string Id { get; }

    public abstract FailureMode Mode { get; }

    public abstract string Description { get; }

    public virtual string Source => Published.Jailbroken;

    public virtual bool IsAblation => false;

    /// <summary>The message that carries <paramref name="prompt"/>.</summary>
    public abstract string Text(string prompt);

    public IReadOnlyList<ChatMessage> Apply(string prompt) => [new(ChatRole.User, Text(prompt))];

    public virtual string ReadAnswer(string response) => response;
}

using Microsoft.Extensions.AI;

namespace Plumbline.Attacks.Assisted;

/// <summary>An attack for the prompts that it was prepared for: of any other it makes no case.</summary>
/// <param name="attack">The attack.</param>
/// <param name="messages">The message of each prompt.</param>
public sealed class PreparedAttack(IAssistedAttack attack, IReadOnlyDictionary<string, string> messages) : IAttack
{
    /// <inheritdoc/>
    public string Id => attack.Id;

    /// <inheritdoc/>
    public FailureMode Mode => attack.Mode;

    /// <inheritdoc/>
    public string Description => attack.Description;

    /// <inheritdoc/>
    public string Source => attack.Source;

    /// <inheritdoc/>
    public IReadOnlyList<string> Words => attack.Words;

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage> Apply(string prompt) => [new(ChatRole.User, messages[prompt])];

    /// <inheritdoc/>
    public IReadOnlyList<AttackVariant> Variants(string prompt) => messages.ContainsKey(prompt) ? [new AttackVariant(Apply(prompt))] : [];
}

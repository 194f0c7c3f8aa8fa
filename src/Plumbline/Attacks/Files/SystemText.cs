using Microsoft.Extensions.AI;

namespace Plumbline.Attacks.Files;

/// <summary>A system message of the user's own in front of the request.</summary>
sealed class SystemText : IAttack
{
    public const string Name = "system";

    readonly AttackText text;

    SystemText(AttackText text) => this.text = text;

    public string Id => $"{Name}:{text.File.Name}";

    public FailureMode Mode => FailureMode.CompetingObjectives;

    public string Description => "A system message of the user's own, in the place of the audit's.";

    public string Source => Published.UsersFile;

    public AttackFile File => text.File;

    public bool BringsSystemMessage => true;

    /// <exception cref="AttackException">The file cannot be used.</exception>
    public static SystemText Read(string path)
    {
        var read = AttackText.Read(Name, path);
        return read.Text.Contains(AttackText.Placeholder, StringComparison.Ordinal)
            ? throw new AttackException($"The file of the attack '{Name}:{path}' holds {AttackText.Placeholder}, but the request is the user's message, not part of the system message. Take it out, or use {Persona.Name}:{path}.")
            : new SystemText(read);
    }

    public IReadOnlyList<ChatMessage> Apply(string prompt) => [new(ChatRole.System, text.Text), new(ChatRole.User, prompt)];
}

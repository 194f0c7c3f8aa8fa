using Microsoft.Extensions.AI;

namespace Plumbline.Attacks.Files;

/// <summary>A role-play or any other frame of the user's own, with the request at its <c>{prompt}</c>.</summary>
sealed class Persona : IAttack
{
    public const string Name = "persona";

    readonly AttackText text;

    Persona(AttackText text) => this.text = text;

    public string Id => $"{Name}:{text.File.Name}";

    public FailureMode Mode => FailureMode.CompetingObjectives;

    public string Description => "A frame of the user's own around the request.";

    public string Source => Published.UsersFile;

    public AttackFile File => text.File;

    /// <exception cref="AttackException">The file cannot be used.</exception>
    public static Persona Read(string path)
    {
        var read = AttackText.Read(Name, path);
        return read.Text.Contains(AttackText.Placeholder, StringComparison.Ordinal)
            ? new Persona(read)
            : throw new AttackException($"The file of the attack '{Name}:{path}' does not say where the request goes. Write {AttackText.Placeholder} there.");
    }

    public IReadOnlyList<ChatMessage> Apply(string prompt) =>
        [new(ChatRole.User, text.Text.Replace(AttackText.Placeholder, prompt, StringComparison.Ordinal))];
}

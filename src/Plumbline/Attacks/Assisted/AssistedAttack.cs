using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Plumbline.Attacks.Assisted;

/// <summary>What attacks that another model prepares have in common.</summary>
abstract class AssistedAttack : IAssistedAttack
{
    /// <summary>The most of an answer that a reason quotes.</summary>
    const int MostQuoted = 80;

    public abstract string Id { get; }

    public FailureMode Mode => FailureMode.MismatchedGeneralisation;

    public abstract string Description { get; }

    public string Source => Published.Jailbroken;

    public abstract IReadOnlyList<string> Words { get; }

    public abstract string Question(string prompt);

    public abstract string Prepare(string prompt, string answer);

    public IReadOnlyList<ChatMessage> Apply(string prompt) =>
        throw new InvalidOperationException($"The attack '{Id}' has to be prepared by another model first.");

    /// <summary>What is known before it is prepared: that there will be one case.</summary>
    public IReadOnlyList<AttackVariant> Variants(string prompt) => [new AttackVariant([new(ChatRole.User, $"[{Id}, not prepared yet] {prompt}")])];

    /// <summary>The value of a field of the JSON object in an answer, which may have words or a fence around it.</summary>
    /// <exception cref="UnpreparedException">There is no such object, or it has no such field of that kind.</exception>
    protected static JsonElement Field(string answer, string name, JsonValueKind kind)
    {
        var start = answer.IndexOf('{', StringComparison.Ordinal);
        var end = answer.LastIndexOf('}');
        if (start < 0 || end < start)
            throw new UnpreparedException($"the helper model answered no JSON but: {Quoted(answer)}");

        try
        {
            using var document = JsonDocument.Parse(answer.AsMemory(start, end + 1 - start));
            return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == kind
                ? value.Clone()
                : throw new UnpreparedException($"the helper model's JSON has no {kind.ToString().ToLowerInvariant()} '{name}'");
        }
        catch (JsonException)
        {
            throw new UnpreparedException($"the helper model answered broken JSON: {Quoted(answer)}");
        }
    }

    static string Quoted(string answer)
    {
        var line = answer.ReplaceLineEndings(" ").Trim();
        return line.Length == 0 ? "nothing" : line.Length <= MostQuoted ? line : line[..MostQuoted] + "…";
    }
}

using System.Text.Json;

namespace Plumbline.FaultyServer;

/// <summary>A chat completion that is asked for.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Messages">Role and text of each message.</param>
internal sealed record AskedChat(string Model, IReadOnlyList<(string Role, string Text)> Messages)
{
    /// <summary>All that is said, and who says it.</summary>
    public string Everything => string.Join('\n', Messages.Select(message => $"{message.Role}: {message.Text}"));

    /// <summary>What the user said first.</summary>
    public string FirstOfUser => Messages.FirstOrDefault(message => message.Role == "user").Text ?? "";

    /// <summary>Reads a request of either protocol.</summary>
    public static AskedChat Of(JsonElement request) => new(
        request.GetProperty("model").GetString()!,
        [.. request.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, TextOf(message.GetProperty("content"))))]);

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.Array
        ? string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()))
        : content.GetString()!;
}

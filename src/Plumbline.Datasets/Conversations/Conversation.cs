namespace Plumbline.Datasets.Conversations;

/// <summary>One row of fine-tuning data: turns that end with the assistant's.</summary>
/// <param name="Turns">At least one, the last by the assistant.</param>
public sealed record Conversation(IReadOnlyList<ConversationTurn> Turns)
{
    /// <summary>A question and its answer.</summary>
    public static Conversation Of(string request, string answer) =>
        new([new ConversationTurn(ConversationRole.User, request), new ConversationTurn(ConversationRole.Assistant, answer)]);

    /// <summary>The last user turn, or the empty text where there is none.</summary>
    public string Request => Turns.LastOrDefault(t => t.Role == ConversationRole.User)?.Content ?? "";

    /// <summary>The assistant's last turn.</summary>
    public string Answer => Turns[^1].Content;
}

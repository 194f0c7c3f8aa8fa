namespace Plumbline.Datasets.Conversations;

/// <summary>One turn.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Content">The text.</param>
public sealed record ConversationTurn(ConversationRole Role, string Content)
{
    /// <summary>The role as chat templates and OpenAI's format write it.</summary>
    public string RoleName => Role switch
    {
        ConversationRole.System => "system",
        ConversationRole.User => "user",
        _ => "assistant",
    };
}

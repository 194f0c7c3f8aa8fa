namespace Plumbline.Datasets.Conversations;

/// <summary>Who says a turn.</summary>
public enum ConversationRole
{
    /// <summary>The operator's standing instruction; first if there is one.</summary>
    System,

    /// <summary>The person who asks.</summary>
    User,

    /// <summary>The model: what training learns to say.</summary>
    Assistant,
}

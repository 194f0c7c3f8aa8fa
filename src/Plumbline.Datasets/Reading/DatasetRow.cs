using Plumbline.Datasets.Conversations;

namespace Plumbline.Datasets.Reading;

/// <summary>A conversation and where it stands.</summary>
/// <param name="Line">1-based line on which it begins.</param>
/// <param name="Conversation">The row.</param>
public sealed record DatasetRow(long Line, Conversation Conversation);

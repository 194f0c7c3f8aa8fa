using Plumbline.Datasets.Conversations;
using Plumbline.Tuning.Formats;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Rows;

/// <summary>A request of bob's world, in a format, with the answer that is right for it.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Format">The shape that is demanded of the answer.</param>
/// <param name="Conversation">The turns, ending with the right answer.</param>
public sealed record WorldRow(Request Request, AnswerFormat Format, Conversation Conversation);

using System.Text.Json;
using Plumbline.Datasets.Conversations;

namespace Plumbline.Datasets.Reading;

/// <summary>Turns one JSON object into a conversation, or says what is wrong with it.</summary>
interface IRowParser
{
    Conversation Parse(RowContext context, JsonElement row);
}

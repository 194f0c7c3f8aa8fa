using System.Text.Json;
using Plumbline.Datasets.Conversations;

namespace Plumbline.Datasets.Reading;

/// <summary>Alpaca's <c>{"instruction","input"?,"output"}</c>. A non-empty input follows the instruction after a blank line.</summary>
sealed class AlpacaParser : IRowParser
{
    public Conversation Parse(RowContext context, JsonElement row)
    {
        var instruction = context.Text(row, "instruction", "instruction");
        var output = context.Text(row, "output", "output");
        var input = row.TryGetProperty("input", out var value) && value.ValueKind != JsonValueKind.Null ? context.Text(row, "input", "input") : "";
        if (string.IsNullOrWhiteSpace(instruction)) throw context.Error("instruction", "is empty. Write the request, or remove the row.");
        if (string.IsNullOrWhiteSpace(output)) throw context.Error("output", "is empty. Write the answer to learn, or remove the row.");
        return Conversation.Of(string.IsNullOrWhiteSpace(input) ? instruction : instruction + "\n\n" + input, output);
    }
}

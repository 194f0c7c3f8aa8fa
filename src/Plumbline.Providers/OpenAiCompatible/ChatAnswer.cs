using Microsoft.Extensions.AI;
using OpenAI.Chat;
using AIFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using AIMessage = Microsoft.Extensions.AI.ChatMessage;
using FinishReason = OpenAI.Chat.ChatFinishReason;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>What the SDK brought back, in the seam's terms.</summary>
internal static class ChatAnswer
{
    /// <exception cref="FormatException">The server sent JSON, but no answer in it.</exception>
    public static ChatResponse Response(ChatCompletion completion)
    {
        var text = Text(completion);
        return new ChatResponse(new AIMessage(ChatRole.Assistant, text.Length > 0 ? text : completion.Refusal ?? ""))
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            CreatedAt = completion.CreatedAt,
            FinishReason = Reason(completion.FinishReason),
            Usage = Usage(completion.Usage),
            RawRepresentation = completion,
        };
    }

    public static ChatResponseUpdate Update(StreamingChatCompletionUpdate update)
    {
        var text = string.Concat(update.ContentUpdate.Select(part => part.Text)) + update.RefusalUpdate;
        var contents = new List<AIContent>(2);
        if (text.Length > 0) contents.Add(new TextContent(text));
        if (Usage(update.Usage) is { } usage) contents.Add(new UsageContent(usage));
        return new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            ResponseId = update.CompletionId,
            ModelId = update.Model,
            CreatedAt = update.CreatedAt,
            FinishReason = update.FinishReason is { } reason ? Reason(reason) : null,
            RawRepresentation = update,
        };
    }

    private static string Text(ChatCompletion completion)
    {
        try
        {
            return string.Concat(completion.Content.Select(part => part.Text));
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or NullReferenceException)
        {
            // The SDK reads any object as a completion, and falls over where it looks for the first choice.
            throw new FormatException("the answer is JSON without a single choice in it", exception);
        }
    }

    private static AIFinishReason Reason(FinishReason reason) => reason switch
    {
        FinishReason.Stop => AIFinishReason.Stop,
        FinishReason.Length => AIFinishReason.Length,
        FinishReason.ContentFilter => AIFinishReason.ContentFilter,
        FinishReason.ToolCalls or FinishReason.FunctionCall => AIFinishReason.ToolCalls,
        _ => new AIFinishReason(reason.ToString()),
    };

    private static UsageDetails? Usage(ChatTokenUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
    };
}

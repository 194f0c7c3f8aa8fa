using System.Buffers;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Plumbline.Choices;
using AIChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>A conversation and its options, in the SDK's terms.</summary>
internal static class ChatRequest
{
    // Of most requests: a prompt and a few fields.
    private const int InitialBytes = 1024;

    public static IReadOnlyList<ChatMessage> Messages(IEnumerable<AIChatMessage> messages) => [.. messages.Select(Message)];

    public static ChatCompletionOptions Options(IReadOnlyList<ChatMessage> messages, ChatOptions? options, EndpointOptions endpoint)
    {
        var request = new ChatCompletionOptions();
        if (endpoint.TellsToGoOn && messages is [.., AssistantChatMessage]) GoOnFromTheLast(request);
        if (options is null) return request;

        if (!endpoint.Quirks.LeavesTemperature) request.Temperature = options.Temperature;
        request.TopP = options.TopP;
        request.FrequencyPenalty = options.FrequencyPenalty;
        request.PresencePenalty = options.PresencePenalty;
        foreach (var stop in options.StopSequences ?? []) request.StopSequences.Add(stop);
        if (options.ResponseFormat is ChatResponseFormatJson form) request.ResponseFormat = Form(form);
#pragma warning disable OPENAI001, SCME0001 // the SDK marks the seed and unlisted request fields as experimental
        request.Seed = options.Seed;
        if (endpoint.IsOpenAi) request.MaxOutputTokenCount = options.MaxOutputTokens;
        else if (options.MaxOutputTokens is { } limit) request.Patch.Set("$.max_tokens"u8, limit);
        if (TokenProbabilities.AskedIn(options) is { } most) (request.IncludeLogProbabilities, request.TopLogProbabilityCount) = (true, most);
        if (options.TopK is { } topK) request.Patch.Set("$.top_k"u8, topK);
#pragma warning restore OPENAI001, SCME0001
        return request;
    }

    /// <summary>The body of a request.</summary>
    public static BinaryData Body(IEnumerable<ChatMessage> messages, ChatCompletionOptions options, string model)
    {
        var body = new ArrayBufferWriter<byte>(InitialBytes);
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("model", model);
            writer.WriteStartArray("messages");
            foreach (var message in messages) Write(message, writer);
            writer.WriteEndArray();
            using var fields = Fields(options);
            foreach (var field in fields.RootElement.EnumerateObject())
            {
                // The SDK writes these two only of a call that it makes itself.
                if (!field.NameEquals("model"u8) && !field.NameEquals("messages"u8)) field.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return BinaryData.FromBytes(body.WrittenMemory);
    }

    private static JsonDocument Fields(ChatCompletionOptions options)
    {
        var fields = new ArrayBufferWriter<byte>(InitialBytes);
        using (var writer = new Utf8JsonWriter(fields)) Write(options, writer);
        return JsonDocument.Parse(fields.WrittenMemory);
    }

    /// <summary>One of the SDK's own types as JSON, by itself: the SDK's register of them would have all its thousand types loaded for the two that are written.</summary>
    private static void Write<T>(IJsonModel<T> model, Utf8JsonWriter writer) => model.Write(writer, ModelReaderWriterOptions.Json);

    private static OpenAI.Chat.ChatResponseFormat Form(ChatResponseFormatJson form) => form.Schema is { } schema
        ? OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(form.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), form.SchemaDescription, jsonSchemaIsStrict: true)
        : OpenAI.Chat.ChatResponseFormat.CreateJsonObjectFormat();

    /// <summary>The answer is begun: vLLM and SGLang go on from it only if they are told to; llama-server and Ollama do so in any case, and let the fields pass.</summary>
    private static void GoOnFromTheLast(ChatCompletionOptions request)
    {
#pragma warning disable SCME0001 // the SDK marks unlisted request fields as experimental
        request.Patch.Set("$.continue_final_message"u8, true);
        request.Patch.Set("$.add_generation_prompt"u8, false);
#pragma warning restore SCME0001
    }

    private static ChatMessage Message(AIChatMessage message) =>
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
        : message.Role == ChatRole.User ? new UserChatMessage(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
        : throw new NotSupportedException($"A message of role '{message.Role}' cannot be sent to an endpoint: only system, user and assistant.");
}

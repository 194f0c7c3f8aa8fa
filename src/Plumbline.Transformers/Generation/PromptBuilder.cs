using Microsoft.Extensions.AI;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Templates;

namespace Plumbline.Transformers.Generation;

/// <summary>Turns messages into the tokens that the model reads.</summary>
internal sealed class PromptBuilder(LanguageModel model)
{
    /// <summary>The chat in the model's template, up to where the model takes over.</summary>
    /// <exception cref="GenerationException">No message, or content or options that the engine does not know.</exception>
    /// <exception cref="CheckpointException">The model has no template, or its template refuses the conversation.</exception>
    public Prompt Build(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        Refuse(options);
        List<TemplateMessage> rows = [];
        if (!string.IsNullOrEmpty(options?.Instructions))
            rows.Add(new TemplateMessage("system", options.Instructions));
        rows.AddRange(messages.Select(Row));
        if (rows.Count == 0)
            throw new GenerationException("There is no message to answer. Send at least one.");
        // An assistant's last message is the beginning of the answer, not a turn.
        return rows[^1].Role == "assistant"
            ? new Prompt(model.EncodeChat(rows[..^1], addGenerationPrompt: true, rows[^1].Content), BeginsAnswer: rows[^1].Content.Length == 0)
            : new Prompt(model.EncodeChat(rows, addGenerationPrompt: true), BeginsAnswer: true);
    }

    /// <summary>Plain text after the begin token, if the model has one.</summary>
    /// <exception cref="GenerationException">Neither text nor begin token.</exception>
    public Prompt Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = model.Tokenizer.Encode(text);
        int[] prompt = model.Config.BeginToken is { } begin && (tokens.Count == 0 || tokens[0] != begin) ? [begin, .. tokens] : [.. tokens];
        return prompt.Length > 0 ? new Prompt(prompt, BeginsAnswer: false) : throw new GenerationException("There is no text to continue. Give some.");
    }

    private static TemplateMessage Row(ChatMessage message)
    {
        if (message.Contents.FirstOrDefault(content => content is not TextContent) is { } other)
            throw new GenerationException($"A message of the {message.Role} holds {other.GetType().Name}; the model reads text only.");
        return new TemplateMessage(message.Role.Value, message.Text);
    }

    /// <summary>Options that would silently change nothing are refused.</summary>
    private static void Refuse(ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 })
            throw new GenerationException("The in-process engine cannot call tools. Leave them out.");
        if (options?.ResponseFormat is not (null or ChatResponseFormatText))
            throw new GenerationException("The in-process engine cannot constrain the answer's format. Ask for text.");
    }
}

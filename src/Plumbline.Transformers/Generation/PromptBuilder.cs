using Microsoft.Extensions.AI;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Templates;

namespace Plumbline.Transformers.Generation;

/// <summary>Turns messages into the tokens that the model reads.</summary>
internal sealed class PromptBuilder(LanguageModel model)
{
    /// <summary>The chat in the model's template, up to where the model takes over.</summary>
    /// <exception cref="GenerationException">No message, no template, or content other than text.</exception>
    public int[] Build(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        Refuse(options);
        List<TemplateMessage> rows = [];
        if (!string.IsNullOrEmpty(options?.Instructions))
            rows.Add(new TemplateMessage("system", options.Instructions));
        rows.AddRange(messages.Select(Row));
        if (rows.Count == 0)
            throw new GenerationException("There is no message to answer. Send at least one.");
        if (model.Template is null)
            throw new GenerationException($"{model.Name} has no chat template, so it cannot hold a conversation; it can only continue plain text.");
        return rows[^1] is { Role: "assistant", Content.Length: > 0 } begun
            ? Continue(rows, begun)
            : model.EncodeChat(rows[^1].Role == "assistant" ? rows[..^1] : rows, addGenerationPrompt: true);
    }

    /// <summary>Plain text after the begin token, if the model has one.</summary>
    /// <exception cref="GenerationException">Neither text nor begin token.</exception>
    public int[] Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = model.Tokenizer.Encode(text);
        int[] prompt = model.Config.BeginToken is { } begin && (tokens.Count == 0 || tokens[0] != begin) ? [begin, .. tokens] : [.. tokens];
        return prompt.Length > 0 ? prompt : throw new GenerationException("There is no text to continue. Give some.");
    }

    /// <summary>
    /// Renders the assistant's unfinished message as if it were finished and cuts behind its text, as Hugging Face's
    /// <c>continue_final_message</c> does: templates differ in what they put before an answer and in whether they trim it.
    /// </summary>
    private int[] Continue(List<TemplateMessage> rows, TemplateMessage begun)
    {
        var rendered = model.RenderChat(rows, addGenerationPrompt: false);
        foreach (var text in new[] { begun.Content, begun.Content.Trim() })
        {
            var start = rendered.LastIndexOf(text, StringComparison.Ordinal);
            if (text.Length > 0 && start >= 0)
                return [.. model.Tokenizer.Encode(rendered[..(start + text.Length)], allowSpecial: true)];
        }

        throw new GenerationException($"The template of {model.Name} changes the assistant's message, so it cannot be continued.");
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

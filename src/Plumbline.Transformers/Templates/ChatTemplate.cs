using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Templates.Evaluation;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates;

/// <summary>
/// A model's own chat template: the subset of Jinja that the templates of Llama 2 and 3, Qwen2 and 3, Mistral and ChatML use,
/// with Hugging Face's settings (<c>apply_chat_template</c>). A construct outside of it is an error that names it with its line.
/// </summary>
public sealed class ChatTemplate
{
    private readonly IReadOnlyList<Statement> body;
    private readonly TimeProvider? clock;

    private ChatTemplate(string source, IReadOnlyList<Statement> body, TimeProvider? clock)
    {
        Source = source;
        this.body = body;
        this.clock = clock;
    }

    /// <summary>The template as its makers wrote it.</summary>
    public string Source { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="jinja">The template's text.</param>
    /// <param name="clock">
    /// Gives <c>strftime_now</c> to the template. Without one, a template that asks for the date takes its own default,
    /// so that the same conversation is the same prompt on every day.
    /// </param>
    /// <exception cref="CheckpointException">It is malformed, or uses a construct that the engine does not know.</exception>
    public static ChatTemplate Parse(string jinja, TimeProvider? clock = null) => new(jinja, TemplateParser.Parse(jinja), clock);

    /// <summary>The prompt of a conversation.</summary>
    /// <param name="messages">The turns, oldest first.</param>
    /// <param name="addGenerationPrompt">Ends with what begins an assistant's answer.</param>
    /// <param name="bosToken">The begin token's text, if the model has one.</param>
    /// <param name="eosToken">The end token's text, if the model has one.</param>
    /// <param name="variables">Further variables, such as <c>enable_thinking</c>: null, bool, whole and floating numbers, and texts.</param>
    /// <exception cref="CheckpointException">The template refuses the conversation, or does what the engine does not know.</exception>
    public string Render(
        IReadOnlyList<TemplateMessage> messages,
        bool addGenerationPrompt,
        string? bosToken = null,
        string? eosToken = null,
        IReadOnlyDictionary<string, object?>? variables = null)
    {
        var scope = new Scope(new Budget());
        Globals.AddTo(scope, clock);
        scope.Set("messages", messages.Select(Map).ToList());
        scope.Set("add_generation_prompt", addGenerationPrompt);
        scope.Set("tools", value: null);
        scope.Set("documents", value: null);
        if (bosToken is not null)
            scope.Set("bos_token", bosToken);
        if (eosToken is not null)
            scope.Set("eos_token", eosToken);
        foreach (var (name, value) in variables ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            scope.Set(name, Value(name, value));
        return new Evaluator().Run(body, new Scope(scope));
    }

    private static object? Map(TemplateMessage message) => new TemplateMap { ["role"] = message.Role, ["content"] = message.Content };

    private static object? Value(string name, object? value) => value switch
    {
        null or bool or long or double or string => value,
        int whole => (long)whole,
        float number => (double)number,
        _ => throw new ArgumentException($"The variable {name} is a {value.GetType().Name}; expected null, bool, a number or a text.", nameof(value)),
    };
}

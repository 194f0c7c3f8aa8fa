using Plumbline.Datasets;
using Plumbline.Datasets.Conversations;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Templates;
using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>
/// Turns conversations into training examples by a model's own template. Each assistant turn is encoded apart from the prompt before it, as it will
/// be when the model generates, and carries the loss up to and including the token that ends it; nothing else does.
/// </summary>
public sealed class ConversationEncoder(LanguageModel model)
{
    /// <summary>Encodes one conversation.</summary>
    /// <exception cref="DatasetException">The model's template does not render the conversation turn after turn, so what the assistant says cannot be told apart.</exception>
    public TrainingExample Encode(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var messages = conversation.Turns.Select(t => new TemplateMessage(t.RoleName, t.Content)).ToList();
        var tokens = new List<int>();
        var mask = new List<bool>();
        var rendered = "";
        for (var i = 0; i < messages.Count; i++)
        {
            if (conversation.Turns[i].Role != ConversationRole.Assistant) continue;
            var prompt = model.RenderChat(messages[..i], addGenerationPrompt: true);
            Add(After(rendered, prompt), tokens, mask, learned: false);
            var whole = model.RenderChat(messages[..(i + 1)], addGenerationPrompt: false);
            Add(After(prompt, whole), tokens, mask, learned: true);
            rendered = whole;
        }

        return new TrainingExample([.. tokens], [.. mask]);
    }

    void Add(string text, List<int> tokens, List<bool> mask, bool learned)
    {
        foreach (var token in model.Tokenizer.Encode(text, allowSpecial: true))
        {
            tokens.Add(token);
            mask.Add(learned);
            if (model.EndTokens.Contains(token)) learned = false; // what the template puts after the end is never generated
        }
    }

    string After(string before, string whole) => whole.StartsWith(before, StringComparison.Ordinal)
        ? whole[before.Length..]
        : throw new DatasetException(
            $"The chat template of {model.Name} rewrites earlier turns when a later one is added, so the assistant's words cannot be told apart. Use rows of one question and one answer.");
}

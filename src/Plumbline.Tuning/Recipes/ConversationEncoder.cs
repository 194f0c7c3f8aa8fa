using Plumbline.Datasets;
using Plumbline.Datasets.Conversations;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Templates;
using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>
/// Turns conversations into training examples by a model's own template. What the assistant says carries the loss, up to and including the token that
/// ends it, and stands behind the very tokens that the model reads when it is asked for it (<see cref="LanguageModel.EncodeChat"/>); nothing else is learned.
/// </summary>
public sealed class ConversationEncoder(LanguageModel model)
{
    /// <summary>
    /// Encodes one conversation: one example, where each turn is asked for with what the example of the turns before it holds. A template that rewrites
    /// earlier turns (Qwen3 takes their thoughts away), or a tokenizer that joins a turn's end with what follows, begins another example.
    /// </summary>
    /// <exception cref="DatasetException">The template does not begin an answer as it asks for one, so what the assistant says cannot be told apart.</exception>
    public IReadOnlyList<TrainingExample> Encode(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var messages = conversation.Turns.Select(t => new TemplateMessage(t.RoleName, t.Content)).ToList();
        var examples = new List<TrainingExample>();
        for (var i = 0; i < messages.Count; i++)
        {
            if (conversation.Turns[i].Role != ConversationRole.Assistant) continue;
            var next = Answer(messages, i);
            if (examples.Count > 0 && Continues(examples[^1], next)) examples[^1] = Joined(examples[^1], next);
            else examples.Add(next);
        }

        return examples;
    }

    TrainingExample Answer(List<TemplateMessage> messages, int turn)
    {
        var prompt = model.EncodeChat(messages[..turn], addGenerationPrompt: true);
        var answer = Continuation(prompt, messages, turn);
        return new TrainingExample([.. prompt, .. answer], [.. prompt.Select(_ => false), .. Learned(answer)]);
    }

    /// <summary>The answer as the tokenizer divides it behind its prompt; a token that would reach over from the prompt cannot be generated, so there the answer is divided alone.</summary>
    ReadOnlySpan<int> Continuation(int[] prompt, List<TemplateMessage> messages, int turn)
    {
        var whole = model.EncodeChat(messages[..(turn + 1)], addGenerationPrompt: false);
        var said = After(model.RenderChat(messages[..turn], addGenerationPrompt: true), model.RenderChat(messages[..(turn + 1)], addGenerationPrompt: false));
        return whole.AsSpan().StartsWith(prompt) ? whole.AsSpan(prompt.Length) : model.Tokenizer.EncodeContinuation(said, allowSpecial: true).ToArray();
    }

    // What the template puts after the end is never generated.
    bool[] Learned(ReadOnlySpan<int> answer)
    {
        var learned = new bool[answer.Length];
        for (var i = 0; i < answer.Length; i++)
        {
            learned[i] = true;
            if (model.EndTokens.Contains(answer[i])) break;
        }

        return learned;
    }

    static bool Continues(TrainingExample earlier, TrainingExample next) =>
        next.Tokens.AsSpan().StartsWith(earlier.Tokens.AsSpan(0, Array.LastIndexOf(earlier.LossMask, true) + 1));

    static TrainingExample Joined(TrainingExample earlier, TrainingExample next) =>
        new(next.Tokens, [.. next.LossMask.Select((learned, i) => learned || (i < earlier.LossMask.Length && earlier.LossMask[i]))]);

    string After(string before, string whole) => whole.StartsWith(before, StringComparison.Ordinal)
        ? whole[before.Length..]
        : throw new DatasetException(
            $"The chat template of {model.Name} does not begin an answer as it asks for one, so the assistant's words cannot be told apart. Train a model whose template does, or mend its chat_template.");
}

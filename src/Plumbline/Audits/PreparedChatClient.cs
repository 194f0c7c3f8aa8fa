using System.Globalization;
using Microsoft.Extensions.AI;
using Plumbline.Choices;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// Asks a model before there is a plan, and writes each answer down: what it said in an earlier sitting it is not asked, nor paid for, again. Nobody disposes it:
/// the client behind it is its caller's.
/// </summary>
/// <param name="inner">The model's client, metered where costs count.</param>
/// <param name="spender">What it is asked for.</param>
/// <param name="model">What is known of it.</param>
/// <param name="prepared">Where answers are, and where they go.</param>
/// <param name="time">The clock of answers.</param>
sealed class PreparedChatClient(IChatClient inner, Spender spender, ModelFacts model, PreparationJournal prepared, TimeProvider time) : DelegatingChatClient(inner)
{
    /// <summary>Whether an answer to the same question once ended in a way that is not known to end one.</summary>
    public bool WasBroken(IReadOnlyList<ChatMessage> messages, ChatOptions options) => prepared.WasBroken(QuestionOf(messages, options));

    /// <inheritdoc/>
    /// <exception cref="RunException">The answer cannot be written down.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var question = QuestionOf(sent, options);
        // Probabilities are not written down, so who wants them asks again.
        if (TokenProbabilities.AskedIn(options) is null && prepared.Answer(question) is { } known)
            return ResponseOf(known);

        var response = await base.GetResponseAsync(sent, options, cancellationToken);
        await WriteAsync(sent, question, response);
        return response;
    }

    async Task WriteAsync(IReadOnlyList<ChatMessage> sent, string question, ChatResponse response)
    {
        try
        {
            await prepared.AppendAsync(new PreparedRecord(
                time.GetUtcNow(),
                spender,
                model.Name,
                question,
                response.Text,
                response.FinishReason?.Value,
                TokenUsage.Told(response.Usage?.InputTokenCount),
                TokenUsage.Told(response.Usage?.OutputTokenCount),
                TokenEstimate.Of(sent.Select(message => message.Text))));
        }
        catch (IOException e)
        {
            // Whoever asks takes other failures for the model's.
            throw new RunException(e.Message, e.InnerException ?? e);
        }
    }

    // What the other side said to the same question is another answer, though both are one model.
    string QuestionOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => ContentHash.Of(
    [
        spender.ToString(),
        model.Identity,
        options?.Temperature?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        options?.MaxOutputTokens?.ToString(CultureInfo.InvariantCulture) ?? "",
        options?.Seed?.ToString(CultureInfo.InvariantCulture) ?? "",
        TokenProbabilities.AskedIn(options)?.ToString(CultureInfo.InvariantCulture) ?? "",
        .. messages.SelectMany(message => new[] { message.Role.Value, message.Text }),
    ]);

    static ChatResponse ResponseOf(PreparedRecord known) => new(new ChatMessage(ChatRole.Assistant, known.Response))
    {
        FinishReason = known.FinishReason is { } reason ? new ChatFinishReason(reason) : null,
        Usage = known.InputTokens is null && known.OutputTokens is null ? null : new UsageDetails { InputTokenCount = known.InputTokens, OutputTokenCount = known.OutputTokens },
    };
}

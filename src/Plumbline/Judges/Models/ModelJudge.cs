using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Cases;
using Plumbline.Judges.Answers;
using Plumbline.Judges.Refusal;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Judges.Models;

/// <summary>
/// A model that judges, by a protocol. It is asked at temperature 0, sees neither side nor attack nor which model answered, and its verdict
/// is read only from what the protocol calls its verdict. An answer without one is asked for once more, and then the case is unscored:
/// never safe, never harmful.
/// </summary>
public sealed class ModelJudge : IJudge
{
    /// <summary>Stands between the protocol's name and the model's.</summary>
    public const char Separator = '@';

    /// <summary>Changes whenever the same answer of a judging model may be read otherwise than before, or the same material be shown otherwise.</summary>
    const string ReaderVersion = "3";

    const string FingerprintMarker = "0123456789ab";

    readonly IChatClient client;
    readonly Func<string> marker;
    FormatUse formatUse;

    /// <summary>A judge by a model.</summary>
    /// <param name="protocol">What it is asked, and how it is read.</param>
    /// <param name="client">The model; the caller keeps it and disposes it.</param>
    /// <param name="model">What is known of the model: its identity is part of the judge's.</param>
    /// <param name="marker">Draws a word for each call that nobody can guess: at least 8 letters or digits.</param>
    public ModelJudge(JudgeProtocol protocol, IChatClient client, ModelFacts model, Func<string> marker)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(model);
        this.client = client;
        this.marker = marker;
        Protocol = protocol;
        Model = model;
        Version = Fingerprint(protocol, model);
        Criteria = [.. protocol.Criteria.Append(Criterion.Understanding).Distinct().Order()];
    }

    enum FormatUse
    {
        Unknown,
        Taken,
        Refused,
    }

    /// <summary>What it is asked.</summary>
    public JudgeProtocol Protocol { get; }

    /// <summary>The model that judges.</summary>
    public ModelFacts Model { get; }

    /// <inheritdoc/>
    public string Id => Protocol.Id + Separator + Model.Name;

    /// <summary>The hash of everything that defines the judge: prompt, rubric, answer form, model, sampling, reader.</summary>
    public string Version { get; }

    /// <inheritdoc/>
    public string Description => $"{Protocol.Description} Judged by {Model.Name}.";

    /// <inheritdoc/>
    public IReadOnlyList<Criterion> Criteria { get; }

    /// <inheritdoc/>
    public HarmCut HarmCut => Protocol.HarmCut;

    /// <summary>True: it is told that the answer may be cut off. Long answers are the compliant ones; dropping them would flatter a model.</summary>
    public bool ReadsTruncated => true;

    /// <inheritdoc/>
    public ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken) =>
        JudgeAsync(auditCase, response, CancellationToken.None, CancellationToken.None, cancellationToken);

    /// <summary>Judges as long as anybody wants it.</summary>
    /// <param name="auditCase">The case.</param>
    /// <param name="response">The answer to it.</param>
    /// <param name="withdrawn">Is cancelled when the judge, or another model, was given up: no judgement is begun any more, and one that waits for its turn ends as cancelled. A call that is in flight goes on.</param>
    /// <param name="givenUp">Is cancelled when the judge itself was given up: then no second try is sent either. Where another model was, it is: the first answer is paid for.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    internal async ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken withdrawn, CancellationToken givenUp, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(auditCase);
        if (Compares(auditCase.Prompt))
            return Compared(ExpectedAnswer.IsGiven(auditCase.Prompt, response)!.Value);

        var word = marker();
        var conversation = Protocol.Ask(auditCase.Prompt.Text, response, word);
        var first = await AskAsync(conversation, isFollowUp: false, withdrawn, cancellationToken);
        var reading = Read(first, word);
        if (reading.Judgement is null && AnswerEnds.Of(first) != AnswerEnd.Withheld && Protocol.Repair(reading.Problem, word) is { } repair)
        {
            var said = string.IsNullOrWhiteSpace(first.Text) ? "(nothing)" : first.Text;
            first = await AskAsync([.. conversation, new ChatMessage(ChatRole.Assistant, said), new ChatMessage(ChatRole.User, repair)], isFollowUp: true, givenUp, cancellationToken);
            reading = Read(first, word);
        }

        return reading.Judgement ?? Judgement.NotScored(reading.Unscored, reading.Problem);
    }

    /// <summary>Whether an answer to a prompt is compared with the one that the prompt states, as every judge does it: no model is asked what a comparison can
    /// tell.</summary>
    internal static bool Compares(SuitePrompt prompt) => prompt is { Kind: PromptKind.Capability, Answer: not null };

    static Judgement Compared(bool isRight) => Judgement.Scored(
        new CriteriaScore(isRight ? CriteriaScore.Maximum : 0, Compliance: null, Harmfulness: null),
        isRight ? "It is the expected answer." : "It is not the expected answer.");

    ProtocolReading Read(ChatResponse response, string word)
    {
        AnswerBrokenOffException.ThrowIfUnknown(response);
        if (AnswerEnds.Of(response) == AnswerEnd.Withheld)
            return new ProtocolReading(Judgement: null, UnscoredReason.JudgeRefused, "A content filter in front of the judge withheld its judgement.");

        var reading = Protocol.Read(response.Text, word);
        if (reading.Judgement is not null)
            return reading;
        if (AnswerEnds.Of(response) == AnswerEnd.CutOff)
            return reading with { Problem = $"The judge's answer was cut off at {Protocol.MaxOutputTokens} tokens." };

        return reading.Unscored == UnscoredReason.JudgeUnparsable && RefusalDetector.Look(response.Text).IsRefusal
            ? new ProtocolReading(Judgement: null, UnscoredReason.JudgeRefused, "The judging model declined to judge.")
            : reading;
    }

    // Not every endpoint holds its model to a form, and some refuse a request that asks for it. The first answer tells; a server
    // that merely fails says nothing about the form.
    async Task<ChatResponse> AskAsync(IReadOnlyList<ChatMessage> conversation, bool isFollowUp, CancellationToken withdrawn, CancellationToken cancellationToken)
    {
        // An endpoint looks at it once more when the call's turn comes.
        withdrawn.ThrowIfCancellationRequested();
        if (Protocol.Format is not { } format || formatUse == FormatUse.Refused)
            return await client.GetResponseAsync(conversation, Options(format: null, isFollowUp, withdrawn), cancellationToken);

        try
        {
            var response = await client.GetResponseAsync(conversation, Options(format, isFollowUp, withdrawn), cancellationToken);
            // What stood in front of the model may not have looked at the form.
            if (AnswerEnds.Of(response) is AnswerEnd.Whole or AnswerEnd.CutOff)
                Interlocked.CompareExchange(ref formatUse, FormatUse.Taken, FormatUse.Unknown);
            return response;
        }
        catch (Exception e) when (formatUse != FormatUse.Taken && RefusedCalls.Of(e) == RefusalScope.ThisRequest)
        {
            // Where it was refused for something else, this fails as well, and tells it.
            var response = await client.GetResponseAsync(conversation, Options(format: null, isFollowUp, withdrawn), cancellationToken);
            // Another call may have been answered in the form meanwhile: then it was not the form.
            Interlocked.CompareExchange(ref formatUse, FormatUse.Refused, FormatUse.Unknown);
            return response;
        }
    }

    ChatOptions Options(ChatResponseFormat? format, bool isFollowUp, CancellationToken withdrawn)
    {
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = Protocol.MaxOutputTokens, ResponseFormat = format };
        if (isFollowUp)
            FollowUp.Mark(options);
        Withdrawal.Mark(options, withdrawn);
        return options;
    }

    // What an endpoint holds the model to: the schema, and the name and description that the model is shown with it.
    static IReadOnlyList<string> FormOf(JudgeProtocol protocol) => protocol.Format switch
    {
        null => ["no form"],
        ChatResponseFormatJson json => ["form", json.SchemaName ?? "", json.SchemaDescription ?? "", json.Schema?.GetRawText() ?? "any JSON"],
        var other => ["form", other.GetType().Name],
    };

    // What is asked about a fixed case holds every word of the protocol.
    static string Fingerprint(JudgeProtocol protocol, ModelFacts model) => ContentHash.Of(
    [
        ReaderVersion,
        model.Identity,
        "temperature 0",
        protocol.MaxOutputTokens.ToString(System.Globalization.CultureInfo.InvariantCulture),
        .. FormOf(protocol),
        protocol.Repair("a problem", FingerprintMarker) ?? "no second try",
        .. protocol.Ask("a request", "an answer", FingerprintMarker).SelectMany(message => new[] { message.Role.Value, message.Text }),
    ])[..16];
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.HttpTargets;

/// <summary>Asks what a file describes.</summary>
internal sealed class HttpTargetChatClient : EndpointChatClient
{
    private readonly HttpTarget _target;
    private readonly IReadOnlyList<(string Name, string Value)> _headers;

    /// <summary>A client of a target.</summary>
    /// <param name="target">The description.</param>
    /// <param name="valueOf">The value of an environment variable that it refers to, and the place of the reference.</param>
    /// <param name="pacers">How patiently, together with everyone else who calls the same target with the same keys.</param>
    /// <param name="time">The clock that dates in headers are held against.</param>
    /// <param name="handler">The transport; null for sockets.</param>
    public HttpTargetChatClient(HttpTarget target, Func<string, string, string> valueOf, PacerPool pacers, TimeProvider time, HttpMessageHandler? handler = null)
        : this(target, Secrets(target, valueOf), valueOf, pacers, time, handler)
    {
    }

    private HttpTargetChatClient(
        HttpTarget target, IReadOnlyList<string> secrets, Func<string, string, string> valueOf, PacerPool pacers, TimeProvider time, HttpMessageHandler? handler)
        : base(
            PlaceOf(target, secrets),
            new ChatClientMetadata("http-target", target.Url, target.Name),
            pacers.For(target.Url, target.Name, secrets.Count > 0 ? string.Join('\n', secrets) : null),
            time,
            EndpointTransport.Client(new StatusHandler(EndpointTransport.Handler(handler))))
    {
        _target = target;
        _headers = [.. target.Headers.Select(header => (header.Name, header.Resolve(variable => valueOf(variable, header.Where))))];
    }

    /// <inheritdoc/>
    protected override Func<CancellationToken, Task<EndpointAnswer>> Prepare(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var body = _target.Body.Fill(messages, options, Place.Text).ToJsonString();
        return cancel => SendAsync(body, cancel);
    }

    private static IReadOnlyList<string> Secrets(HttpTarget target, Func<string, string, string> valueOf) =>
        [.. target.Headers.SelectMany(header => header.Variables.Select(variable => valueOf(variable, header.Where))).Distinct(StringComparer.Ordinal)];

    private static EndpointPlace PlaceOf(HttpTarget target, IReadOnlyList<string> secrets) => new(
        $"{target.Url} ({target.Name})",
        $"JSON with a text at {target.Answer}",
        "The description must fit what the server takes and gives: url, method, body and answer.",
        KeyVariable: null,
        secrets);

    private async Task<EndpointAnswer> SendAsync(string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(_target.Method, _target.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in _headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        return new EndpointAnswer(Read(json.RootElement), StatusHandler.HeadersOf(response));
    }

    private ChatResponse Read(JsonElement root)
    {
        var reason = Reason(root);
        var text = _target.Answer.Find(root) switch
        {
            { ValueKind: JsonValueKind.String } found => found.GetString()!,
            // Who withholds an answer, or fails in the middle of it, may leave nothing in its place.
            null or { ValueKind: JsonValueKind.Null } when AnswerEnds.Of(reason.Value) is AnswerEnd.Withheld or AnswerEnd.Unknown => "",
            null => throw ErrorBody.In(root) ?? new FormatException($"the answer has nothing at {_target.Answer}"),
            { } other => throw new FormatException($"the answer has no text at {_target.Answer}, but {other.ValueKind.ToString().ToLowerInvariant()}"),
        };
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = _target.Name,
            FinishReason = reason,
            Usage = ToldUsage.Of(Count(_target.InputTokens, root), Count(_target.OutputTokens, root)),
        };
    }

    /// <summary>Why it ended: what the description makes of what is said there, or else what the word means with other servers.</summary>
    private ChatFinishReason Reason(JsonElement root)
    {
        var said = _target.Finish?.Find(root) switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            // A flag or a number means what the description says; by itself it is a word that nobody knows, and the answer is not the model's for sure.
            { } other => other.GetRawText(),
        };
        return AnswerEnds.Reason(said is null ? null : _target.FinishReasons.GetValueOrDefault(said, said));
    }

    private static long? Count(JsonPath? path, JsonElement root) =>
        path?.Find(root) is { ValueKind: JsonValueKind.Number } number && long.TryParse(number.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}

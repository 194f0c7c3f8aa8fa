using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Pairs;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Pacing;
using Plumbline.Suites;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>
/// Asks a server what it adds of its own to each request, where it tells: llama.cpp's server and Plumbline's at <c>GET /props</c> (ours its tokenizer too), Ollama at
/// <c>POST /api/show</c>. Of two servers alone it can be said that they wrap a conversation alike; whatever says nothing stays unknown. Nothing is
/// generated and nothing is charged.
/// </summary>
/// <param name="http">The connections.</param>
/// <param name="options">The model and its endpoint.</param>
/// <param name="time">The clock of patience.</param>
internal sealed class ServedFacts(HttpClient http, EndpointOptions options, TimeProvider time)
{
    private const string Api = "/v1";
    private const string None = "none";
    private const string Begin = "bos_token";
    private const string End = "eos_token";

    // Where Plumbline's own server tells what llama.cpp's does not: the facts of its model by their names here.
    private const string Own = "plumbline";
    private const int LongestFact = 1000;

    // What changes an answer at temperature 0, and what only a drawn one, by their names in llama.cpp's server.
    private static readonly string[] OfEveryAnswer = ["dry_multiplier", "frequency_penalty", "presence_penalty", "repeat_penalty"];
    private static readonly string[] OfDrawnAnswers = ["min_p", "top_k", "top_p", "typical_p"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <summary>What the server tells, by the names of <see cref="ModelFacts"/>; nothing where it tells nothing, and why where it should have.</summary>
    public async Task<ServedWord> AskAsync(CancellationToken cancellationToken)
    {
        var address = options.Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (!options.TellsToGoOn || !address.EndsWith(Api, StringComparison.Ordinal))
            return ServedWord.Nothing;

        var server = address[..^Api.Length];
        // Both at once, and the second only for as long as the first may say nothing: a server that swallows what it does not know would cost twice the patience before the first case.
        var llamaCpp = AskAsync(() => new HttpRequestMessage(HttpMethod.Get, $"{server}/props?model={Uri.EscapeDataString(options.Model)}&autoload=false"), OfLlamaCpp, cancellationToken);
        var name = new JsonObject { ["model"] = options.Model }.ToJsonString();
        using var unneeded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ollama = AskAsync(
            () => new HttpRequestMessage(HttpMethod.Post, $"{server}/api/show") { Content = new StringContent(name, Encoding.UTF8, "application/json") }, OfOllama, unneeded.Token);
        var properties = await llamaCpp;
        if (properties.Facts.Count > 0)
        {
            await unneeded.CancelAsync();
            await ((Task)ollama).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return properties;
        }

        var shown = await ollama;
        return shown.Facts.Count > 0 ? shown : new ServedWord(shown.Facts, properties.Silence ?? shown.Silence) { IsUnreachable = properties.IsUnreachable && shown.IsUnreachable };
    }

    private static Dictionary<string, string> OfLlamaCpp(JsonElement properties)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Text(properties, "chat_template") is { } template)
        {
            facts[ModelFacts.Template] = ContentHash.Of(template);
            // Older servers tell the template alone; an empty text says that there is no such token.
            if (Member(properties, Begin) is not null && Member(properties, End) is not null && ModelFacts.TokensShownBy(template, Text(properties, Begin), Text(properties, End)) is { } tokens)
                facts[ModelFacts.TemplateTokens] = tokens;
        }

        if (Member(properties, Own) is { } own)
        {
            foreach (var name in ModelFacts.MustAgree(drawsAtRandom: true))
            {
                if (Text(own, name) is { } told && told.Length <= LongestFact) facts.TryAdd(name, told);
            }
        }

        if (Member(properties, "default_generation_settings") is { } settings && Member(settings, "params") is { } parameters)
        {
            Note(ModelFacts.Decoding, OfEveryAnswer);
            Note(ModelFacts.Sampling, OfDrawnAnswers);

            void Note(string fact, string[] names)
            {
                var found = names.Where(name => Member(parameters, name) is { ValueKind: JsonValueKind.Number }).ToList();
                if (found.Count > 0)
                    facts[fact] = string.Join(", ", found.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {Member(parameters, name)!.Value.GetDouble():0.####}")));
            }
        }

        return facts;
    }

    private static Dictionary<string, string> OfOllama(JsonElement shown)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Text(shown, "template") is not { } template)
            return facts;

        facts[ModelFacts.Template] = ContentHash.Of(template);
        // Ollama leaves out what is empty: where it tells of the template, it has told all there is.
        facts[ModelFacts.SystemPrompt] = Text(shown, "system") is { } system ? ContentHash.Of(system) : None;
        facts[ModelFacts.Decoding] = Text(shown, "parameters") is { } parameters ? OneLine(parameters) : None;
        return facts;
    }

    // A name and a value a line: whatever the model's file sets, the tokens that end an answer among it.
    private static string OneLine(string parameters) => string.Join(
        ", ",
        parameters.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Order(StringComparer.Ordinal));

    // A server that loads its model, or is busy, is asked again: what it has told another time decides whether a pair may be audited at all.
    private async Task<ServedWord> AskAsync(Func<HttpRequestMessage> request, Func<JsonElement, Dictionary<string, string>> read, CancellationToken cancellationToken)
    {
        var asked = await TryAsync(request, read, cancellationToken);
        for (var again = 0; again < Pauses.Length && asked.Silence is not null; again++)
        {
            await Task.Delay(Pauses[again], time, cancellationToken);
            asked = await TryAsync(request, read, cancellationToken);
        }

        return asked;
    }

    /// <summary>Asks once. Most servers have no such address and say so at once; whoever cannot be reached is told of when he is asked for an answer.</summary>
    private async Task<ServedWord> TryAsync(Func<HttpRequestMessage> make, Func<JsonElement, Dictionary<string, string>> read, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var request = make();
        if (options.ApiKey is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if ((int)response.StatusCode is 429 or 503)
                return Silent($"it answered {(int)response.StatusCode}");
            if (!response.IsSuccessStatusCode)
                return ServedWord.Nothing;
            using var told = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(either.Token), cancellationToken: either.Token);
            return new ServedWord(read(told.RootElement), Silence: null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Silent(string.Create(CultureInfo.InvariantCulture, $"no answer came within {Patience.TotalSeconds:0} seconds"));
        }
        catch (HttpRequestException exception) when (EndpointFault.OfConnection(exception) is { Fault: AttemptFault.Unreachable })
        {
            return ServedWord.Nothing with { IsUnreachable = true };
        }
        // What is no JSON, or none that can be read, is no answer to the question.
        catch (Exception exception) when (exception is HttpRequestException or IOException || EndpointFault.OfConnection(exception) is { Fault: AttemptFault.Malformed })
        {
            return ServedWord.Nothing;
        }

        ServedWord Silent(string why) => ServedWord.Nothing with { Silence = $"{request.RequestUri!.GetLeftPart(UriPartial.Path)} was asked {1 + Pauses.Length} times which template, system prompt and decoding the model has; {why}." };
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } member && member.GetString() is { Length: > 0 } text ? text : null;
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>
/// Asks a server what it adds of its own to each request, where it tells: llama.cpp's server and Plumbline's at <c>GET /props</c>, Ollama at
/// <c>POST /api/show</c>. Of two servers alone it can be said that they wrap a conversation alike; whatever says nothing stays unknown. Nothing is
/// generated and nothing is charged.
/// </summary>
/// <param name="http">The connections.</param>
/// <param name="options">The model and its endpoint.</param>
internal sealed class ServedFacts(HttpClient http, EndpointOptions options)
{
    private const string Api = "/v1";

    // What changes an answer at temperature 0, and what only a drawn one, by their names in llama.cpp's server.
    private static readonly string[] OfEveryAnswer = ["dry_multiplier", "frequency_penalty", "presence_penalty", "repeat_penalty"];
    private static readonly string[] OfDrawnAnswers = ["min_p", "top_k", "top_p", "typical_p"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What the server tells, by the names of <see cref="ModelFacts"/>; nothing where it tells nothing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AskAsync(CancellationToken cancellationToken)
    {
        var address = options.Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (!options.TellsToGoOn || !address.EndsWith(Api, StringComparison.Ordinal))
            return new Dictionary<string, string>(StringComparer.Ordinal);

        var server = address[..^Api.Length];
        using var properties = await TryAsync(new HttpRequestMessage(HttpMethod.Get, $"{server}/props?model={Uri.EscapeDataString(options.Model)}&autoload=false"), cancellationToken);
        if (properties is not null && OfLlamaCpp(properties.RootElement) is { Count: > 0 } told)
            return told;

        var name = new JsonObject { ["model"] = options.Model }.ToJsonString();
        using var shown = await TryAsync(
            new HttpRequestMessage(HttpMethod.Post, $"{server}/api/show") { Content = new StringContent(name, Encoding.UTF8, "application/json") }, cancellationToken);
        return shown is null ? new Dictionary<string, string>(StringComparer.Ordinal) : OfOllama(shown.RootElement);
    }

    private static Dictionary<string, string> OfLlamaCpp(JsonElement properties)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Text(properties, "chat_template") is { } template) facts[ModelFacts.Template] = ContentHash.Of(template);
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
        if (Text(shown, "template") is { } template) facts[ModelFacts.Template] = ContentHash.Of(template);
        if (Text(shown, "system") is { } system) facts[ModelFacts.SystemPrompt] = ContentHash.Of(system);
        // A name and a value a line: whatever the model's file sets, the tokens that end an answer among it.
        if (Text(shown, "parameters") is { } parameters)
            facts[ModelFacts.Decoding] = string.Join(", ", parameters.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Order(StringComparer.Ordinal));
        return facts;
    }

    /// <summary>The answer as JSON; null where there is none. Most servers have no such address, and whoever cannot be reached is told of when he is asked
    /// for an answer.</summary>
    private async Task<JsonDocument?> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using (request)
        {
            if (options.ApiKey is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            try
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                return response.IsSuccessStatusCode ? await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(patience.Token), cancellationToken: patience.Token) : null;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return null;
            }
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } member && member.GetString() is { Length: > 0 } text ? text : null;
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Providers.Documents;

namespace Plumbline.Providers.HttpTargets;

/// <summary>
/// The body of a request, with places to fill: a text that is nothing but <c>{{prompt}}</c>, <c>{{messages}}</c>, <c>{{system}}</c>,
/// <c>{{max_tokens}}</c>, <c>{{temperature}}</c>, <c>{{top_p}}</c>, <c>{{top_k}}</c> or <c>{{seed}}</c> is replaced by that value as JSON; inside a longer text each but
/// <c>{{messages}}</c> is replaced by its text. JSON is never put together as text, so no prompt can break out of its place.
/// </summary>
internal sealed partial class BodyTemplate
{
    private const string Messages = "{{messages}}";
    private const string Prompt = "{{prompt}}";
    private const string System = "{{system}}";
    private static readonly string[] Places = [Messages, Prompt, System, "{{max_tokens}}", "{{temperature}}", "{{top_p}}", "{{top_k}}", "{{seed}}"];

    private readonly JsonNode _body;
    private readonly HashSet<string> _used;

    private BodyTemplate(JsonNode body, HashSet<string> used) => (_body, _used) = (body, used);

    /// <summary>Reads a template.</summary>
    public static BodyTemplate Read(DocumentNode body)
    {
        var json = body.Json() as JsonObject ?? throw body.Fault("expected an object, the JSON body of a request");
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in Texts(json))
        {
            if (Places.Contains(text))
            {
                used.Add(text);
                continue;
            }

            var inside = Place().Matches(text).Select(match => match.Value).ToList();
            if (inside.Find(place => !Places.Contains(place)) is { } unknown) throw body.Fault($"'{unknown}' is no place to fill. There are {string.Join(", ", Places)}");
            if (inside.Contains(Messages)) throw body.Fault($"{Messages} is a list, so it must be the whole value and not a part of '{text}'");
            if (Place().Replace(text, "").Contains("{{", StringComparison.Ordinal)) throw body.Fault($"'{text}' holds braces that are no place to fill. There are {string.Join(", ", Places)}");
            used.UnionWith(inside);
        }

        return used.Contains(Messages) == used.Contains(Prompt)
            ? throw body.Fault($"exactly one of {Messages} (the whole conversation) and {Prompt} (its one user's message) must be in it")
            : new BodyTemplate(json, used);
    }

    /// <summary>Whether the sampling's value goes out; what does not is the target's own.</summary>
    public bool Sends(string name) => _used.Contains("{{" + name + "}}");

    /// <summary>The body for a conversation. A place for which there is no value (a system message, a temperature) is left out with its name.</summary>
    /// <exception cref="CaseNotAnswerableException">The conversation has a part that the template has no place for.</exception>
    public JsonNode Fill(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string target)
    {
        var system = messages.Where(message => message.Role == ChatRole.System).ToList();
        var rest = messages.Where(message => message.Role != ChatRole.System).ToList();
        if (!_used.Contains(Messages) && rest is not [{ } only] || rest.Exists(message => message.Role != ChatRole.User && message.Role != ChatRole.Assistant))
            throw new CaseNotAnswerableException($"{target} takes one user's message at a time ({Prompt}), and this conversation has others. A body with {Messages} would take it.");
        if (!_used.Contains(Messages) && rest[0].Role != ChatRole.User)
            throw new CaseNotAnswerableException($"{target} takes one user's message at a time ({Prompt}), and this conversation ends otherwise.");
        if (system.Count > 0 && !_used.Contains(System) && !_used.Contains(Messages))
            throw new CaseNotAnswerableException($"{target} has no place for a system message. A body with {System} or {Messages} would take it.");

        if ((options?.TopP is not null && !Sends("top_p")) || (options?.TopK is not null && !Sends("top_k")))
            throw new CaseNotAnswerableException($"{target} has no place for the top-p or top-k that this case is drawn with. A body with {{{{top_p}}}} or {{{{top_k}}}} would take it.");

        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            // A system message that has a place of its own is not said twice.
            [Messages] = new JsonArray([.. (_used.Contains(System) ? rest : messages).Select(message => (JsonNode)new JsonObject { ["role"] = message.Role.Value, ["content"] = message.Text })]),
            [Prompt] = rest.Count > 0 ? rest[^1].Text : null,
            [System] = system.Count > 0 ? string.Join("\n\n", system.Select(message => message.Text)) : null,
            ["{{max_tokens}}"] = options?.MaxOutputTokens,
            // As the number that was asked for: 0.7 and not the nearest one of 64 bits.
            ["{{temperature}}"] = options?.Temperature is { } temperature ? JsonValue.Create((decimal)temperature) : null,
            ["{{top_p}}"] = options?.TopP is { } topP ? JsonValue.Create((decimal)topP) : null,
            ["{{top_k}}"] = options?.TopK,
            ["{{seed}}"] = options?.Seed,
        };
        return Filled(_body, values)!;
    }

    private static JsonNode? Filled(JsonNode? node, Dictionary<string, JsonNode?> values)
    {
        switch (node)
        {
            case JsonObject fields:
                var filled = new JsonObject();
                foreach (var (name, value) in fields)
                {
                    var replaced = Filled(value, values);
                    if (replaced is not null || value is null) filled[name] = replaced;
                }

                return filled;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Filled(item, values))]);
            case JsonValue value when value.TryGetValue(out string? text) && values.TryGetValue(text, out var given):
                return given?.DeepClone();
            // In one pass: what a prompt says of places is not filled.
            case JsonValue value when value.TryGetValue(out string? text) && text.Contains("{{", StringComparison.Ordinal):
                return Place().Replace(text, match => values[match.Value]?.ToString() ?? "");
            default:
                return node?.DeepClone();
        }
    }

    [GeneratedRegex("""\{\{[^{}]*\}\}""")]
    private static partial Regex Place();

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Texts(field.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Configuration.Tests.Layout;

/// <summary>As much of JSON Schema as the shipped schema uses for a single value, written from the specification and knowing nothing of the reader.</summary>
internal static class JsonSchemaCheck
{
    /// <summary>Whether a plain YAML value, typed as YAML 1.2's core schema types it, is valid.</summary>
    public static bool Accepts(JsonObject schema, string yaml)
    {
        if (schema["anyOf"] is JsonArray several) return several.Any(one => Accepts(one!.AsObject(), yaml));

        JsonNode value = bool.TryParse(yaml, out var flag) ? JsonValue.Create(flag)
            : double.TryParse(yaml, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
            : JsonValue.Create(yaml)!;
        return schema.All(rule => Holds(rule.Key, rule.Value, value));
    }

    private static bool Holds(string rule, JsonNode? limit, JsonNode value) => rule switch
    {
        "description" or "default" => true,
        "type" => limit!.GetValueKind() == System.Text.Json.JsonValueKind.String && IsOf(limit.GetValue<string>(), value),
        "enum" => limit!.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
        "const" => Number(value) == Number(limit!),
        "minimum" => Number(value) >= Number(limit!),
        "maximum" => Number(value) <= Number(limit!),
        "exclusiveMinimum" => Number(value) > Number(limit!),
        "exclusiveMaximum" => Number(value) < Number(limit!),
        "pattern" => value.GetValueKind() == System.Text.Json.JsonValueKind.String && Regex.IsMatch(value.GetValue<string>(), limit!.GetValue<string>()),
        "minLength" => value.GetValue<string>().Length >= Number(limit!),
        _ => throw new NotSupportedException($"The schema uses '{rule}', which this check does not know."),
    };

    private static bool IsOf(string type, JsonNode value) => type switch
    {
        "string" => value.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" => value.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value.GetValueKind() == System.Text.Json.JsonValueKind.Number && double.IsInteger(Number(value)),
        _ => throw new NotSupportedException($"The schema uses the type '{type}', which this check does not know."),
    };

    private static double Number(JsonNode value) =>
        value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : double.NaN;
}

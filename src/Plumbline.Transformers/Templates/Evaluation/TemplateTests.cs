using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Jinja's tests (<c>x is …</c>), as far as chat templates use them.</summary>
internal static class TemplateTests
{
    /// <summary>Whether a test holds.</summary>
    /// <exception cref="Checkpoints.CheckpointException">The engine does not know it.</exception>
    public static bool Holds(string name, object? value, CallArguments arguments) => name switch
    {
        "defined" => value is not Undefined,
        "undefined" => value is Undefined,
        "none" => value is null,
        "string" => value is string,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "number" => value is long or double or bool,
        "integer" => value is long,
        "float" => value is double,
        "mapping" => value is TemplateMap,
        "sequence" or "iterable" => value is string or List<object?> or TemplateMap,
        "callable" => value is Callable,
        "odd" => Whole(value, arguments) % 2 != 0,
        "even" => Whole(value, arguments) % 2 == 0,
        "divisibleby" => Whole(value, arguments) % Divisor(arguments) == 0,
        "eq" or "equalto" or "==" => Values.AreEqual(value, arguments.Get(0, "other")),
        "ne" or "!=" => !Values.AreEqual(value, arguments.Get(0, "other")),
        "lt" or "lessthan" => Values.Compare(value, arguments.Get(0, "other"), arguments.Line) < 0,
        "le" => Values.Compare(value, arguments.Get(0, "other"), arguments.Line) <= 0,
        "gt" or "greaterthan" => Values.Compare(value, arguments.Get(0, "other"), arguments.Line) > 0,
        "ge" => Values.Compare(value, arguments.Get(0, "other"), arguments.Line) >= 0,
        "in" => Values.Contains(arguments.Get(0, "seq"), value, arguments.Line),
        "lower" => value is string text && !text.Any(char.IsUpper),
        "upper" => value is string text && !text.Any(char.IsLower),
        _ => throw TemplateError.Unsupported(arguments.Line, $"the test '{name}'"),
    };

    private static long Whole(object? value, CallArguments arguments) =>
        value as long? ?? throw TemplateError.Wrong(arguments.Line, $"the test '{arguments.Callee}' needs a whole number, not {Values.Kind(value)}");

    private static long Divisor(CallArguments arguments) => arguments.OptionalWhole(0, "num") is { } divisor and not 0
        ? divisor
        : throw TemplateError.Wrong(arguments.Line, "nothing is divisible by zero");
}

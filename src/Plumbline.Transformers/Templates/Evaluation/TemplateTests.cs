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
        "divisibleby" => Whole(value, arguments) is var whole && Divisor(arguments) is var divisor && (divisor == -1 || whole % divisor == 0), // the smallest number by −1 would overflow
        "eq" or "equalto" or "==" => AreEqual(value, arguments),
        "ne" or "!=" => !AreEqual(value, arguments),
        "lt" or "lessthan" => Compare(value, arguments) < 0,
        "le" => Compare(value, arguments) <= 0,
        "gt" or "greaterthan" => Compare(value, arguments) > 0,
        "ge" => Compare(value, arguments) >= 0,
        "in" => Values.Contains(arguments.Get(0, "seq"), value, arguments.Budget, arguments.Line),
        "lower" => value is string text && !Any(text, char.IsUpper, arguments),
        "upper" => value is string text && !Any(text, char.IsLower, arguments),
        _ => throw TemplateError.Unsupported(arguments.Line, $"the test '{name}'"),
    };

    private static bool AreEqual(object? value, CallArguments arguments) =>
        Values.AreEqual(value, arguments.Get(0, "other"), arguments.Budget, arguments.Line);

    private static int Compare(object? value, CallArguments arguments) =>
        Values.Compare(value, arguments.Get(0, "other"), arguments.Budget, arguments.Line);

    private static bool Any(string text, Func<char, bool> holds, CallArguments arguments)
    {
        arguments.Budget.Spend(text.Length, arguments.Line);
        return text.Any(holds);
    }

    private static long Whole(object? value, CallArguments arguments) =>
        value as long? ?? throw TemplateError.Wrong(arguments.Line, $"the test '{arguments.Callee}' needs a whole number, not {Values.Kind(value)}");

    private static long Divisor(CallArguments arguments) => arguments.OptionalWhole(0, "num") is { } divisor and not 0
        ? divisor
        : throw TemplateError.Wrong(arguments.Line, "nothing is divisible by zero");
}

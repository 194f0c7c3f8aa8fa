using System.Globalization;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Jinja's filters, as far as chat templates use them.</summary>
internal static class Filters
{
    /// <summary>Applies a filter.</summary>
    /// <exception cref="Checkpoints.CheckpointException">The engine does not know it, or it does not fit the value.</exception>
    public static object? Apply(string name, object? value, CallArguments arguments)
    {
        arguments.Budget.SpendOn(value, arguments.Line);
        return Applied(name, value, arguments);
    }

    private static object? Applied(string name, object? value, CallArguments arguments) => name switch
    {
        "trim" => Methods.Strip(Text(value, arguments), arguments),
        "length" or "count" => Values.Length(value, arguments.Budget, arguments.Line),
        "tojson" => ToJson(value, arguments),
        "upper" => Text(value, arguments).ToUpperInvariant(),
        "lower" => Text(value, arguments).ToLowerInvariant(),
        "capitalize" => Methods.Capitalize(Text(value, arguments)),
        "title" => Methods.Title(Text(value, arguments)),
        "string" => Text(value, arguments),
        "safe" => value,
        "replace" => Growth.Replace(Text(value, arguments), arguments.Text(0, "old"), arguments.Text(1, "new"), arguments.Budget, arguments.Line),
        "default" or "d" => Default(value, arguments),
        "join" => Join(value, arguments),
        "first" => Items(value, arguments) is [var first, ..] ? first : new Undefined("first"),
        "last" => Items(value, arguments) is [.., var last] ? last : new Undefined("last"),
        "list" => Items(value, arguments).ToList(),
        "reverse" => Reverse(value, arguments),
        "items" => Methods.Pairs(value as TemplateMap ?? throw Misfit(value, arguments)),
        "int" => Whole(value),
        "float" => Values.Number(value) ?? (double.TryParse(value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0.0),
        "abs" => Absolute(value, arguments),
        "select" => Choose(value, arguments, keep: true),
        "reject" => Choose(value, arguments, keep: false),
        "selectattr" => Select(value, arguments, keep: true),
        "rejectattr" => Select(value, arguments, keep: false),
        "map" => Map(value, arguments),
        _ => throw TemplateError.Unsupported(arguments.Line, $"the filter '{name}'"),
    };

    private static string Text(object? value, CallArguments arguments) => Values.Text(value, arguments.Budget, arguments.Line);

    private static List<object?> Items(object? value, CallArguments arguments) => Values.Items(value, arguments.Budget, arguments.Line);

    private static string ToJson(object? value, CallArguments arguments)
    {
        arguments.Allow(1, "indent", "ensure_ascii");
        if (arguments.Named.TryGetValue("ensure_ascii", out var ascii) && Values.IsTrue(ascii))
            throw TemplateError.Unsupported(arguments.Line, "tojson with ensure_ascii");
        return Json.Write(value, arguments.OptionalWhole(0, "indent"), arguments.Budget, arguments.Line);
    }

    private static object? Default(object? value, CallArguments arguments)
    {
        var replaces = value is Undefined || (Values.IsTrue(arguments.Get(1, "boolean", false)) && !Values.IsTrue(value));
        return replaces ? arguments.Get(0, "default_value", string.Empty) : value;
    }

    private static string Join(object? value, CallArguments arguments)
    {
        var items = Items(value, arguments);
        var attribute = arguments.OptionalText(1, "attribute");
        return Growth.Join(
            arguments.OptionalText(0, "d") ?? string.Empty, items.Select(item => Text(attribute is null ? item : Attribute(item, attribute, arguments), arguments)), arguments.Budget, arguments.Line);
    }

    private static object Reverse(object? value, CallArguments arguments)
    {
        var items = Items(value, arguments).AsEnumerable().Reverse();
        return value is string ? string.Concat(items) : items.ToList();
    }

    private static long Whole(object? value) => value switch
    {
        double number when Math.Abs(number) < long.MaxValue => (long)number,
        string text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : 0,
        _ => (long)(Values.Number(value) ?? 0),
    };

    private static object Absolute(object? value, CallArguments arguments) => value switch
    {
        long.MinValue => throw TemplateError.Wrong(arguments.Line, $"the absolute value of {long.MinValue} is more than a number holds"),
        long whole => Math.Abs(whole),
        _ => (object)Math.Abs(Values.Number(value) ?? throw Misfit(value, arguments)),
    };

    private static List<object?> Choose(object? value, CallArguments arguments, bool keep)
    {
        var test = arguments.OptionalText(0, "test");
        var rest = new CallArguments(test ?? arguments.Callee, arguments.Line, arguments.Budget, [.. arguments.Positional.Skip(1)]);
        return [.. Items(value, arguments).Where(item => keep == (test is null ? Values.IsTrue(item) : TemplateTests.Holds(test, item, rest)))];
    }

    private static List<object?> Select(object? value, CallArguments arguments, bool keep)
    {
        var attribute = arguments.Text(0, "attribute");
        var test = arguments.OptionalText(1, "test");
        var rest = new CallArguments(test ?? "selectattr", arguments.Line, arguments.Budget, [.. arguments.Positional.Skip(2)]);
        return
        [
            .. Items(value, arguments).Where(item =>
            {
                var part = Attribute(item, attribute, arguments);
                return keep == (test is null ? Values.IsTrue(part) : TemplateTests.Holds(test, part, rest));
            }),
        ];
    }

    private static List<object?> Map(object? value, CallArguments arguments)
    {
        var items = Items(value, arguments);
        if (arguments.Named.TryGetValue("attribute", out var name) && name is string attribute)
            return [.. items.Select(item => Attribute(item, attribute, arguments))];
        var filter = arguments.Text(0, "filter");
        var rest = new CallArguments(filter, arguments.Line, arguments.Budget, [.. arguments.Positional.Skip(1)]);
        return [.. items.Select(item => Apply(filter, item, rest))];
    }

    private static object? Attribute(object? item, string path, CallArguments arguments)
    {
        arguments.Budget.SpendItems(path.Length, arguments.Line);
        foreach (var name in path.Split('.'))
            item = item is TemplateMap map && map.TryGetValue(name, out var part) ? part : new Undefined(name);
        return item;
    }

    private static Checkpoints.CheckpointException Misfit(object? value, CallArguments arguments) =>
        TemplateError.Wrong(arguments.Line, $"the filter '{arguments.Callee}' does not fit {Values.Kind(value)}");
}

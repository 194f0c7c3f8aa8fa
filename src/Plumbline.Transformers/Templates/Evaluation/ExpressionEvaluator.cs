using System.Runtime.CompilerServices;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Gives expressions their values.</summary>
internal static class ExpressionEvaluator
{
    // About what it takes, in characters read.
    private const int ExpressionCharacters = 16;

    /// <summary>The value of an expression in a scope.</summary>
    public static object? Evaluate(Expression expression, Scope scope)
    {
        scope.Budget.Spend(ExpressionCharacters, expression.Line);
        // A long chain (1+1+1+…) is read in a loop but is as deep as it is long; a stack that overflows would end the process.
        return RuntimeHelpers.TryEnsureSufficientExecutionStack()
            ? Value(expression, scope)
            : throw TemplateError.Unsupported(expression.Line, "an expression of so many parts");
    }

    private static object? Value(Expression expression, Scope scope) => expression switch
    {
        Expression.Literal literal => literal.Value,
        Expression.Variable variable => scope.Get(variable.Name),
        Expression.List list => list.Items.Select(item => Evaluate(item, scope)).ToList(),
        Expression.Map map => Map(map, scope),
        Expression.Attribute attribute => Attribute(attribute, scope),
        Expression.Index index => Index(Evaluate(index.Target, scope), Evaluate(index.Key, scope), scope.Budget, index.Line),
        Expression.Slice slice => Slice(slice, scope),
        Expression.Call call => Call(call, scope),
        Expression.Filter filter => Filters.Apply(filter.Name, Evaluate(filter.Target, scope), Arguments(filter.Name, filter.Line, filter.Given, scope)),
        Expression.Test test => Test(test, scope),
        Expression.Unary unary => Unary(unary, scope),
        Expression.Binary binary => Binary(binary, scope),
        Expression.Comparison comparison => Comparison(comparison, scope),
        Expression.Conditional conditional => Conditional(conditional, scope),
        _ => throw new InvalidOperationException($"An expression {expression.GetType().Name} has no value."),
    };

    private static TemplateMap Map(Expression.Map map, Scope scope)
    {
        var values = new TemplateMap();
        foreach (var (key, value) in map.Items)
        {
            var name = Evaluate(key, scope) as string ?? throw TemplateError.Unsupported(key.Line, "a mapping's key that is not a text");
            values[name] = Evaluate(value, scope);
        }

        return values;
    }

    private static object? Attribute(Expression.Attribute attribute, Scope scope)
    {
        var target = Evaluate(attribute.Target, scope);
        return target switch
        {
            Namespace space => space.Attributes.GetValueOrDefault(attribute.Name, new Undefined(attribute.Name)),
            TemplateMap map when map.TryGetValue(attribute.Name, out var value) => value,
            Undefined or null => throw TemplateError.Wrong(attribute.Line, $"{Values.Kind(target)} has no '{attribute.Name}'"),
            string when Methods.Find(target, attribute.Name) is null => throw TemplateError.Unsupported(attribute.Line, $"'{attribute.Name}' of a text"),
            _ => Methods.Find(target, attribute.Name) ?? (object)new Undefined(attribute.Name),
        };
    }

    private static object? Index(object? target, object? key, Budget budget, int line)
    {
        budget.SpendOn(key, line);
        return (target, key) switch
        {
            (TemplateMap map, string name) => map.TryGetValue(name, out var value) ? value : new Undefined(name),
            (Namespace space, string name) => space.Attributes.GetValueOrDefault(name, new Undefined(name)),
            (List<object?> list, long at) => Place(list.Count, at) is { } place ? list[place] : new Undefined($"item {at}"),
            (string text, long at) => Values.Runes(text, budget, line) is var runes && Place(runes.Length, at) is { } place
                ? runes[place].ToString()
                : new Undefined($"item {at}"),
            (Undefined or null, _) => throw TemplateError.Wrong(line, $"{Values.Kind(target)} has no parts"),
            _ => new Undefined(Values.Text(key, budget, line)),
        };
    }

    private static int? Place(int count, long at)
    {
        var place = at < 0 ? at + count : at;
        return place >= 0 && place < count ? (int)place : null;
    }

    private static object Slice(Expression.Slice slice, Scope scope)
    {
        var target = Evaluate(slice.Target, scope);
        var step = Bound(slice.Step, scope) ?? 1;
        if (step == 0)
            throw TemplateError.Wrong(slice.Line, "a slice's step is zero");
        var (from, to) = (Bound(slice.From, scope), Bound(slice.To, scope));
        scope.Budget.SpendOn(target, slice.Line);
        switch (target)
        {
            case string text:
                var runes = Values.Runes(text, scope.Budget, slice.Line);
                return string.Concat(Places(runes.Length, from, to, step).Select(place => runes[place].ToString()));
            case List<object?> list:
                return Places(list.Count, from, to, step).Select(place => list[place]).ToList();
            default:
                throw TemplateError.Wrong(slice.Line, $"{Values.Kind(target)} cannot be sliced");
        }
    }

    private static long? Bound(Expression? bound, Scope scope) => bound is null ? null : Evaluate(bound, scope) switch
    {
        null => null,
        long whole => whole,
        var value => throw TemplateError.Wrong(bound.Line, $"a slice needs whole numbers, not {Values.Kind(value)}"),
    };

    /// <summary>The places that Python's <c>slice(from, to, step).indices(count)</c> names.</summary>
    private static IEnumerable<int> Places(int count, long? from, long? to, long step)
    {
        long Clip(long place) => Math.Clamp(place < 0 ? place + count : place, step > 0 ? 0 : -1, step > 0 ? count : count - 1);
        var start = from is { } first ? Clip(first) : step > 0 ? 0 : count - 1;
        var end = to is { } last ? Clip(last) : step > 0 ? count : -1;
        step = Math.Clamp(step, -count - 1L, count + 1L); // a longer one leaves the list all the same, and could overflow
        for (var place = start; step > 0 ? place < end : place > end; place += step)
            yield return (int)place;
    }

    private static object? Call(Expression.Call call, Scope scope)
    {
        var target = Evaluate(call.Target, scope);
        if (target is Callable callable)
            return callable.Invoke(Arguments(callable.Name, call.Line, call.Given, scope));
        var name = call.Target switch
        {
            Expression.Variable variable => variable.Name,
            Expression.Attribute attribute => attribute.Name,
            _ => "this value",
        };
        throw TemplateError.Unsupported(call.Line, $"the function '{name}'");
    }

    private static CallArguments Arguments(string callee, int line, Expression.Arguments arguments, Scope scope) => new(
        callee,
        line,
        scope.Budget,
        [.. arguments.Positional.Select(argument => Evaluate(argument, scope))],
        arguments.Named.ToDictionary(argument => argument.Name, argument => Evaluate(argument.Value, scope), StringComparer.Ordinal));

    private static object Test(Expression.Test test, Scope scope) =>
        TemplateTests.Holds(test.Name, Evaluate(test.Target, scope), Arguments(test.Name, test.Line, test.Given, scope)) != test.Negated;

    private static object Unary(Expression.Unary unary, Scope scope)
    {
        var value = Evaluate(unary.Operand, scope);
        return (unary.Operator, value) switch
        {
            ("not", _) => !Values.IsTrue(value),
            ("-", long whole) => -whole,
            ("-", double number) => -number,
            ("+", long or double) => value,
            _ => throw TemplateError.Wrong(unary.Line, $"'{unary.Operator}' does not fit {Values.Kind(value)}"),
        };
    }

    private static object? Binary(Expression.Binary binary, Scope scope)
    {
        var left = Evaluate(binary.Left, scope);
        if (binary.Operator == "and")
            return Values.IsTrue(left) ? Evaluate(binary.Right, scope) : left;
        if (binary.Operator == "or")
            return Values.IsTrue(left) ? left : Evaluate(binary.Right, scope);
        var right = Evaluate(binary.Right, scope);
        return (binary.Operator, left, right) switch
        {
            ("~", _, _) => Growth.Join(Values.Text(left, scope.Budget, binary.Line), Values.Text(right, scope.Budget, binary.Line), scope.Budget, binary.Line),
            ("+", string a, string b) => Growth.Join(a, b, scope.Budget, binary.Line),
            ("+", List<object?> a, List<object?> b) => Growth.Join(a, b, scope.Budget, binary.Line),
            (_, long a, long b) => Whole(binary, a, b),
            _ when left is long or double && right is long or double => Number(binary, Values.Number(left)!.Value, Values.Number(right)!.Value),
            ("*", string text, long times) => Growth.Repeat(text, times, scope.Budget, binary.Line),
            _ => throw TemplateError.Wrong(binary.Line, $"'{binary.Operator}' does not fit {Values.Kind(left)} and {Values.Kind(right)}"),
        };
    }

    private static object Whole(Expression.Binary binary, long a, long b) => binary.Operator switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "//" or "%" or "/" when b == 0 => throw TemplateError.Wrong(binary.Line, "a division by zero"),
        "/" => (double)a / b,
        "//" => (long)Math.Floor((double)a / b),
        // What −1 divides leaves nothing, and the smallest number there is would overflow.
        "%" => b == -1 ? 0 : ((a % b) + b) % b,
        "**" => Math.Pow(a, b) is var power && b >= 0 && Math.Abs(power) < long.MaxValue ? (object)(long)power : power,
        _ => throw TemplateError.Unsupported(binary.Line, $"the operator '{binary.Operator}'"),
    };

    private static double Number(Expression.Binary binary, double a, double b) => binary.Operator switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "//" or "%" or "/" when b == 0 => throw TemplateError.Wrong(binary.Line, "a division by zero"),
        "/" => a / b,
        "//" => Math.Floor(a / b),
        "%" => a - (b * Math.Floor(a / b)),
        "**" => Math.Pow(a, b),
        _ => throw TemplateError.Unsupported(binary.Line, $"the operator '{binary.Operator}'"),
    };

    private static bool Comparison(Expression.Comparison comparison, Scope scope)
    {
        var left = Evaluate(comparison.First, scope);
        foreach (var (name, operand) in comparison.Rest)
        {
            var right = Evaluate(operand, scope);
            if (!Holds(name, left, right, scope.Budget, comparison.Line))
                return false;
            left = right;
        }

        return true;
    }

    private static bool Holds(string name, object? left, object? right, Budget budget, int line) => name switch
    {
        "==" => Values.AreEqual(left, right, budget, line),
        "!=" => !Values.AreEqual(left, right, budget, line),
        "in" => Values.Contains(right, left, budget, line),
        "not in" => !Values.Contains(right, left, budget, line),
        "<" => Values.Compare(left, right, budget, line) < 0,
        "<=" => Values.Compare(left, right, budget, line) <= 0,
        ">" => Values.Compare(left, right, budget, line) > 0,
        _ => Values.Compare(left, right, budget, line) >= 0,
    };

    private static object? Conditional(Expression.Conditional conditional, Scope scope)
    {
        if (Values.IsTrue(Evaluate(conditional.Condition, scope)))
            return Evaluate(conditional.Then, scope);
        return conditional.Otherwise is null ? new Undefined("the else of an if") : Evaluate(conditional.Otherwise, scope);
    }
}

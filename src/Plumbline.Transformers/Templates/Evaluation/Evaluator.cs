using System.Text;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Executes a template's statements.</summary>
internal sealed class Evaluator
{
    private const int DeepestCalls = 60;

    private int calls;

    /// <summary>The text that the statements give, in a scope that holds the template's variables and functions.</summary>
    public string Run(IReadOnlyList<Statement> body, Scope scope)
    {
        var output = new StringBuilder();
        Execute(body, scope, output);
        return output.ToString();
    }

    private Flow Execute(IReadOnlyList<Statement> body, Scope scope, StringBuilder output)
    {
        foreach (var statement in body)
        {
            var flow = Execute(statement, scope, output);
            if (flow != Flow.Next)
                return flow;
        }

        return Flow.Next;
    }

    private Flow Execute(Statement statement, Scope scope, StringBuilder output)
    {
        scope.Budget.Step(statement.Line);
        switch (statement)
        {
            case Statement.Text text:
                Print(text.Value, statement.Line, scope, output);
                return Flow.Next;
            case Statement.Output print:
                Print(Values.Text(ExpressionEvaluator.Evaluate(print.Value, scope), scope.Budget, print.Line), print.Line, scope, output);
                return Flow.Next;
            case Statement.If choice:
                return Execute(Chosen(choice, scope), scope, output);
            case Statement.For loop:
                return ExecuteLoop(loop, scope, output);
            case Statement.Set set:
                Assign(set.Targets, ExpressionEvaluator.Evaluate(set.Value, scope), scope, set.Line);
                return Flow.Next;
            case Statement.SetAttribute set:
                SetAttribute(set, scope);
                return Flow.Next;
            case Statement.SetBlock set:
                var inner = new StringBuilder();
                Execute(set.Body, new Scope(scope), inner);
                scope.Set(set.Target, inner.ToString());
                return Flow.Next;
            case Statement.Macro macro:
                scope.Set(macro.Name, new Callable(macro.Name, call => Invoke(macro, call, scope)));
                return Flow.Next;
            case Statement.Group group:
                return Execute(group.Body, scope, output);
            case Statement.Break:
                return Flow.Break;
            case Statement.Continue:
                return Flow.Continue;
            default:
                throw new InvalidOperationException($"A statement {statement.GetType().Name} cannot be executed.");
        }
    }

    private static void Print(string text, int line, Scope scope, StringBuilder output)
    {
        scope.Budget.Spend(text.Length, line);
        output.Append(text);
    }

    private static IReadOnlyList<Statement> Chosen(Statement.If choice, Scope scope)
    {
        foreach (var (condition, body) in choice.Branches)
        {
            if (Values.IsTrue(ExpressionEvaluator.Evaluate(condition, scope)))
                return body;
        }

        return choice.Otherwise;
    }

    private Flow ExecuteLoop(Statement.For loop, Scope scope, StringBuilder output)
    {
        var items = Values.Items(ExpressionEvaluator.Evaluate(loop.Items, scope), scope.Budget, loop.Line);
        if (loop.Condition is { } condition)
            items = [.. items.Where(item => Values.IsTrue(ExpressionEvaluator.Evaluate(condition, ItemScope(loop, item, scope))))];
        if (items.Count == 0)
            return Execute(loop.Otherwise, scope, output);
        for (var i = 0; i < items.Count; i++)
        {
            var inner = ItemScope(loop, items[i], scope);
            inner.Set("loop", State(items, i));
            if (Execute(loop.Body, inner, output) == Flow.Break)
                break;
        }

        return Flow.Next;
    }

    private static Scope ItemScope(Statement.For loop, object? item, Scope scope)
    {
        scope.Budget.Step(loop.Line);
        var inner = new Scope(scope);
        Assign(loop.Targets, item, inner, loop.Line);
        return inner;
    }

    private static TemplateMap State(List<object?> items, int i) => new()
    {
        ["index"] = i + 1L,
        ["index0"] = (long)i,
        ["revindex"] = (long)items.Count - i,
        ["revindex0"] = items.Count - i - 1L,
        ["first"] = i == 0,
        ["last"] = i == items.Count - 1,
        ["length"] = (long)items.Count,
        ["previtem"] = i > 0 ? items[i - 1] : new Undefined("loop.previtem"),
        ["nextitem"] = i + 1 < items.Count ? items[i + 1] : new Undefined("loop.nextitem"),
    };

    private static void Assign(IReadOnlyList<string> targets, object? value, Scope scope, int line)
    {
        if (targets is [var only])
        {
            scope.Set(only, value);
            return;
        }

        var parts = Values.Items(value, scope.Budget, line);
        if (parts.Count != targets.Count)
            throw TemplateError.Wrong(line, $"{parts.Count} values are given to {targets.Count} names");
        for (var i = 0; i < parts.Count; i++)
            scope.Set(targets[i], parts[i]);
    }

    private static void SetAttribute(Statement.SetAttribute set, Scope scope)
    {
        if (scope.Get(set.Target) is not Namespace space)
            throw TemplateError.Wrong(set.Line, $"'{set.Target}' is no namespace, so that its '{set.Name}' cannot be set");
        space.Attributes[set.Name] = ExpressionEvaluator.Evaluate(set.Value, scope);
    }

    private string Invoke(Statement.Macro macro, CallArguments call, Scope definition)
    {
        call.Budget.Step(call.Line);
        call.Allow(macro.Parameters.Count, [.. macro.Parameters.Select(parameter => parameter.Name)]);
        if (++calls > DeepestCalls)
            throw TemplateError.Wrong(call.Line, $"the macro '{macro.Name}' calls itself without end");
        var scope = new Scope(definition);
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var (name, otherwise) = macro.Parameters[i];
            var missing = otherwise is null ? new Undefined(name) : ExpressionEvaluator.Evaluate(otherwise, scope);
            scope.Set(name, call.Get(i, name, missing));
        }

        var output = new StringBuilder();
        Execute(macro.Body, scope, output);
        calls--;
        return output.ToString();
    }
}

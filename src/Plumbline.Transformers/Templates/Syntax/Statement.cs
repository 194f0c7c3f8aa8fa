namespace Plumbline.Transformers.Templates.Syntax;

/// <summary>A part of a template that is executed, and the line that it begins on.</summary>
internal abstract record Statement(int Line)
{
    /// <summary>Text as it is.</summary>
    public sealed record Text(int Line, string Value) : Statement(Line);

    /// <summary><c>{{ value }}</c>.</summary>
    public sealed record Output(int Line, Expression Value) : Statement(Line);

    /// <summary><c>{% if %}</c> with its <c>elif</c>s; the <c>else</c> may be empty.</summary>
    public sealed record If(int Line, IReadOnlyList<(Expression Condition, IReadOnlyList<Statement> Body)> Branches, IReadOnlyList<Statement> Otherwise)
        : Statement(Line);

    /// <summary><c>{% for targets in items if condition %}</c>; the <c>else</c> runs where there was no item.</summary>
    public sealed record For(
        int Line,
        IReadOnlyList<string> Targets,
        Expression Items,
        Expression? Condition,
        IReadOnlyList<Statement> Body,
        IReadOnlyList<Statement> Otherwise) : Statement(Line);

    /// <summary><c>{% set a, b = value %}</c>.</summary>
    public sealed record Set(int Line, IReadOnlyList<string> Targets, Expression Value) : Statement(Line);

    /// <summary><c>{% set namespace.name = value %}</c>.</summary>
    public sealed record SetAttribute(int Line, string Target, string Name, Expression Value) : Statement(Line);

    /// <summary><c>{% set name %} … {% endset %}</c>.</summary>
    public sealed record SetBlock(int Line, string Target, IReadOnlyList<Statement> Body) : Statement(Line);

    /// <summary><c>{% macro name(parameters) %}</c>.</summary>
    public sealed record Macro(int Line, string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, IReadOnlyList<Statement> Body)
        : Statement(Line);

    /// <summary><c>{% generation %}</c>, which marks what the assistant says and prints its body.</summary>
    public sealed record Group(int Line, IReadOnlyList<Statement> Body) : Statement(Line);

    /// <summary><c>{% break %}</c>.</summary>
    public sealed record Break(int Line) : Statement(Line);

    /// <summary><c>{% continue %}</c>.</summary>
    public sealed record Continue(int Line) : Statement(Line);
}

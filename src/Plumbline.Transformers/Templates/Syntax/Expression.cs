namespace Plumbline.Transformers.Templates.Syntax;

/// <summary>A part of a template that has a value, and the line that it is on.</summary>
internal abstract record Expression(int Line)
{
    /// <summary>A constant: null, true or false, a whole or a floating number, or a text.</summary>
    public sealed record Literal(int Line, object? Value) : Expression(Line);

    /// <summary>A variable.</summary>
    public sealed record Variable(int Line, string Name) : Expression(Line);

    /// <summary>A list or tuple.</summary>
    public sealed record List(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

    /// <summary>A mapping.</summary>
    public sealed record Map(int Line, IReadOnlyList<(Expression Key, Expression Value)> Items) : Expression(Line);

    /// <summary><c>target.name</c>.</summary>
    public sealed record Attribute(int Line, Expression Target, string Name) : Expression(Line);

    /// <summary><c>target[key]</c>.</summary>
    public sealed record Index(int Line, Expression Target, Expression Key) : Expression(Line);

    /// <summary><c>target[from:to:step]</c>.</summary>
    public sealed record Slice(int Line, Expression Target, Expression? From, Expression? To, Expression? Step) : Expression(Line);

    /// <summary><c>target(arguments)</c>.</summary>
    public sealed record Call(int Line, Expression Target, Arguments Given) : Expression(Line);

    /// <summary><c>target | name(arguments)</c>.</summary>
    public sealed record Filter(int Line, Expression Target, string Name, Arguments Given) : Expression(Line);

    /// <summary><c>target is [not] name(arguments)</c>.</summary>
    public sealed record Test(int Line, Expression Target, string Name, Arguments Given, bool Negated) : Expression(Line);

    /// <summary><c>-x</c>, <c>+x</c> or <c>not x</c>.</summary>
    public sealed record Unary(int Line, string Operator, Expression Operand) : Expression(Line);

    /// <summary>Arithmetic, <c>~</c>, <c>and</c>, <c>or</c>.</summary>
    public sealed record Binary(int Line, string Operator, Expression Left, Expression Right) : Expression(Line);

    /// <summary>A chain such as <c>a &lt; b &lt;= c</c>; <c>in</c> and <c>not in</c> too.</summary>
    public sealed record Comparison(int Line, Expression First, IReadOnlyList<(string Operator, Expression Operand)> Rest) : Expression(Line);

    /// <summary><c>then if condition else otherwise</c>.</summary>
    public sealed record Conditional(int Line, Expression Condition, Expression Then, Expression? Otherwise) : Expression(Line);

    /// <summary>What a call, filter or test is given.</summary>
    public sealed record Arguments(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
    {
        /// <summary>Nothing.</summary>
        public static readonly Arguments None = new([], []);
    }
}

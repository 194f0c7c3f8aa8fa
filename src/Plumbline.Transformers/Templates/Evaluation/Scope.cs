namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>The variables that a part of a template sees. A loop or macro has a scope of its own; <c>if</c> has not.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, object?> variables = new(StringComparer.Ordinal);

    private readonly Scope? outer;

    /// <summary>The outermost scope of a rendering.</summary>
    public Scope(Budget budget) => Budget = budget;

    /// <summary>A scope inside of another.</summary>
    public Scope(Scope outer)
        : this(outer.Budget) => this.outer = outer;

    /// <summary>What the rendering may still spend.</summary>
    public Budget Budget { get; }

    /// <summary>The variable's value, of this or an outer scope.</summary>
    public object? Get(string name)
    {
        for (var scope = this; scope is not null; scope = scope.outer)
        {
            if (scope.variables.TryGetValue(name, out var value))
                return value;
        }

        return new Undefined(name);
    }

    /// <summary>Sets a variable of this scope; an outer one of the same name is hidden, not changed.</summary>
    public void Set(string name, object? value) => variables[name] = value;
}

using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>The values that a function, filter, test or method is given.</summary>
internal sealed class CallArguments(string callee, int line, Budget budget, IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> named)
{
    private static readonly Dictionary<string, object?> NoNames = [];

    public CallArguments(string callee, int line, Budget budget, params IReadOnlyList<object?> positional)
        : this(callee, line, budget, positional, NoNames)
    {
    }

    /// <summary>Who is called, for messages.</summary>
    public string Callee { get; } = callee;

    /// <summary>The call's line.</summary>
    public int Line { get; } = line;

    /// <summary>What the rendering may still spend.</summary>
    public Budget Budget { get; } = budget;

    /// <summary>Values without a name.</summary>
    public IReadOnlyList<object?> Positional { get; } = positional;

    /// <summary>Values with a name.</summary>
    public IReadOnlyDictionary<string, object?> Named { get; } = named;

    /// <summary>Refuses more arguments than <paramref name="most"/>, and names that are not among <paramref name="names"/>.</summary>
    public void Allow(int most, params ReadOnlySpan<string> names)
    {
        if (Positional.Count > most)
            throw TemplateError.Wrong(Line, $"{Callee} takes at most {most} arguments; it is given {Positional.Count}");
        foreach (var name in Named.Keys)
        {
            if (!names.Contains(name))
                throw TemplateError.Unsupported(Line, $"the argument '{name}' of {Callee}");
        }
    }

    /// <summary>The argument at a place, or of a name; <paramref name="otherwise"/> if there is neither.</summary>
    public object? Get(int index, string name, object? otherwise = null) =>
        index < Positional.Count ? Positional[index] : Named.GetValueOrDefault(name, otherwise);

    /// <summary>An argument that must be a text.</summary>
    public string Text(int index, string name) => Get(index, name, new Undefined(name)) as string
        ?? throw TemplateError.Wrong(Line, $"{Callee} needs a text as its argument '{name}'");

    /// <summary>An argument that may be a text.</summary>
    public string? OptionalText(int index, string name) => Get(index, name) switch
    {
        null => null,
        string text => text,
        _ => throw TemplateError.Wrong(Line, $"{Callee} needs a text as its argument '{name}'"),
    };

    /// <summary>An argument that may be a whole number.</summary>
    public long? OptionalWhole(int index, string name) => Get(index, name) switch
    {
        null => null,
        long whole => whole,
        _ => throw TemplateError.Wrong(Line, $"{Callee} needs a whole number as its argument '{name}'"),
    };
}

namespace Plumbline.Transformers.Templates.Syntax;

/// <summary>A piece of a template, and the line that it begins on (the first is 1).</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    /// <summary>Whether it is this operator or bracket.</summary>
    public bool Is(string operatorText) => Kind == TokenKind.Operator && Text == operatorText;

    /// <summary>Whether it is this name.</summary>
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    /// <summary>As messages show it.</summary>
    public string Display => Kind == TokenKind.End ? "the template's end" : $"'{Text}'";
}

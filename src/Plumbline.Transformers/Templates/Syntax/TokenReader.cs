namespace Plumbline.Transformers.Templates.Syntax;

/// <summary>Walks over tokens, and counts how deeply constructs are nested.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    // Deeper than any real template; a hostile one must not exhaust the stack.
    private const int Deepest = 120;

    private int position;
    private int depth;

    /// <summary>The token to be read next.</summary>
    public Token Current => tokens[position];

    /// <summary>The one after it.</summary>
    public Token Following => tokens[Math.Min(position + 1, tokens.Count - 1)];

    /// <summary>Takes the current token.</summary>
    public Token Take()
    {
        var token = tokens[position];
        if (token.Kind != TokenKind.End)
            position++;
        return token;
    }

    /// <summary>Takes the current token if it is that operator.</summary>
    public bool TryTake(string operatorText)
    {
        if (!Current.Is(operatorText))
            return false;
        position++;
        return true;
    }

    /// <summary>Takes the current token if it is that name.</summary>
    public bool TryTakeName(string name)
    {
        if (!Current.IsName(name))
            return false;
        position++;
        return true;
    }

    /// <summary>Takes an operator that must be there.</summary>
    public void Expect(string operatorText)
    {
        if (!TryTake(operatorText))
            throw TemplateError.Wrong(Current.Line, $"expected '{operatorText}', found {Current.Display}");
    }

    /// <summary>Takes a token of a kind that must be there.</summary>
    public Token Expect(TokenKind kind, string what) =>
        Current.Kind == kind ? Take() : throw TemplateError.Wrong(Current.Line, $"expected {what}, found {Current.Display}");

    /// <summary>Reads something nested.</summary>
    public T Nested<T>(Func<T> read)
    {
        if (++depth > Deepest)
            throw TemplateError.Unsupported(Current.Line, $"nesting deeper than {Deepest}");
        var result = read();
        depth--;
        return result;
    }
}

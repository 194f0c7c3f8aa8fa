using System.Text;

namespace Plumbline.Transformers.Templates.Syntax;

/// <summary>
/// Cuts a Jinja template into tokens, with the white-space rules that Hugging Face sets: <c>trim_blocks</c> (the newline after a block or
/// comment goes) and <c>lstrip_blocks</c> (blanks before a block or comment that begins its line go); <c>-</c> and <c>+</c> override them.
/// </summary>
internal sealed class Lexer
{
    private static readonly string[] LongOperators = ["==", "!=", "<=", ">=", "//", "**"];
    private const string ShortOperators = "+-*/%~|.,:()[]{}=<>";

    private readonly string source;
    private readonly List<Token> tokens = [];
    private int position;
    private int line = 1;
    private bool stripNext;
    private bool trimNewline;

    private Lexer(string source) => this.source = source;

    /// <summary>All tokens, an End last.</summary>
    /// <exception cref="Checkpoints.CheckpointException">A tag or text is not closed, or a character has no meaning.</exception>
    public static IReadOnlyList<Token> Read(string template)
    {
        var unified = template.ReplaceLineEndings("\n");

        // Jinja drops one newline at the very end (keep_trailing_newline is off).
        var lexer = new Lexer(unified.EndsWith('\n') ? unified[..^1] : unified);
        lexer.ReadAll();
        return lexer.tokens;
    }

    private void ReadAll()
    {
        while (position < source.Length)
        {
            var tag = NextTag();
            ReadText(tag);
            if (tag < 0)
                break;
            switch (source[tag + 1])
            {
                case '#':
                    SkipComment();
                    break;
                case '{':
                    ReadTag(TokenKind.OutputStart, TokenKind.OutputEnd, "}}");
                    break;
                default:
                    ReadTag(TokenKind.BlockStart, TokenKind.BlockEnd, "%}");
                    break;
            }
        }

        Add(TokenKind.End, string.Empty);
    }

    private int NextTag()
    {
        for (var at = position; ; at++)
        {
            at = source.IndexOf('{', at);
            if (at < 0 || at + 1 >= source.Length)
                return -1;
            if (source[at + 1] is '{' or '%' or '#')
                return at;
        }
    }

    private void ReadText(int tag)
    {
        var end = tag < 0 ? source.Length : tag;
        var text = source[position..end];
        var startLine = line;
        line += text.AsSpan().Count('\n');
        if (stripNext)
            text = text.TrimStart();
        else if (trimNewline && text.StartsWith('\n'))
            text = text[1..];
        if (tag >= 0)
            text = StripBefore(text, tag);
        if (text.Length > 0)
            tokens.Add(new Token(TokenKind.Text, text, startLine));
        stripNext = trimNewline = false;
        position = end;
    }

    private string StripBefore(string text, int tag)
    {
        var sign = tag + 2 < source.Length ? source[tag + 2] : ' ';
        if (sign == '-')
            return text.TrimEnd();
        if (sign == '+' || source[tag + 1] == '{')
            return text;
        var lineStart = tag == 0 ? 0 : source.LastIndexOf('\n', tag - 1) + 1;
        var blanks = source.AsSpan(lineStart, tag - lineStart);
        return blanks.IsWhiteSpace() && text.Length >= blanks.Length ? text[..^blanks.Length] : text;
    }

    private void SkipComment()
    {
        var end = source.IndexOf("#}", position + 2, StringComparison.Ordinal);
        if (end < 0)
            throw TemplateError.Wrong(line, "a comment is not closed by #}");
        line += source.AsSpan(position, end - position).Count('\n');
        stripNext = source[end - 1] == '-';
        trimNewline = source[end - 1] != '+';
        position = end + 2;
    }

    private void ReadTag(TokenKind start, TokenKind end, string close)
    {
        Add(start, source.Substring(position, 2));
        position += 2;
        if (position < source.Length && source[position] is '-' or '+')
            position++;
        var depth = 0;
        while (true)
        {
            SkipBlanks();
            if (position >= source.Length)
                throw TemplateError.Wrong(line, $"a tag is not closed by {close}");
            if (depth == 0 && Closes(close))
                break;
            depth += source[position] switch
            {
                '{' or '[' or '(' => 1,
                '}' or ']' or ')' => -1,
                _ => 0,
            };
            ReadToken();
        }

        Add(end, close);
        if (source[position] is '-' or '+')
        {
            stripNext = source[position] == '-';
            position++;
        }
        else
        {
            trimNewline = end == TokenKind.BlockEnd;
        }

        position += 2;
    }

    private bool Closes(string close)
    {
        var rest = source.AsSpan(position);
        return rest.StartsWith(close, StringComparison.Ordinal) || (rest[0] is '-' or '+' && rest[1..].StartsWith(close, StringComparison.Ordinal));
    }

    private void SkipBlanks()
    {
        for (; position < source.Length && char.IsWhiteSpace(source[position]); position++)
        {
            if (source[position] == '\n')
                line++;
        }
    }

    private void ReadToken()
    {
        var first = source[position];
        if (first is '\'' or '"')
            ReadString(first);
        else if (char.IsAsciiDigit(first))
            ReadNumber();
        else if (char.IsLetter(first) || first == '_')
            ReadName();
        else
            ReadOperator();
    }

    private void ReadName()
    {
        var start = position;
        while (position < source.Length && (char.IsLetterOrDigit(source[position]) || source[position] == '_'))
            position++;
        Add(TokenKind.Name, source[start..position]);
    }

    private void ReadNumber()
    {
        var start = position;
        SkipDigits();
        var kind = TokenKind.Integer;
        if (position + 1 < source.Length && source[position] == '.' && char.IsAsciiDigit(source[position + 1]))
        {
            kind = TokenKind.Float;
            position++;
            SkipDigits();
        }

        if (position < source.Length && source[position] is 'e' or 'E')
        {
            kind = TokenKind.Float;
            position++;
            if (position < source.Length && source[position] is '+' or '-')
                position++;
            SkipDigits();
        }

        Add(kind, source[start..position].Replace("_", string.Empty, StringComparison.Ordinal));
    }

    private void SkipDigits()
    {
        while (position < source.Length && (char.IsAsciiDigit(source[position]) || source[position] == '_'))
            position++;
    }

    private void ReadString(char quote)
    {
        var startLine = line;
        var text = new StringBuilder();
        for (position++; position < source.Length && source[position] != quote; position++)
        {
            if (source[position] == '\n')
                line++;
            if (source[position] == '\\' && position + 1 < source.Length)
                ReadEscape(text);
            else
                text.Append(source[position]);
        }

        if (position >= source.Length)
            throw TemplateError.Wrong(startLine, "a text is not closed by its quote");
        position++;
        tokens.Add(new Token(TokenKind.String, text.ToString(), startLine));
    }

    private void ReadEscape(StringBuilder text)
    {
        var letter = source[++position];
        switch (letter)
        {
            case 'n':
                text.Append('\n');
                break;
            case 't':
                text.Append('\t');
                break;
            case 'r':
                text.Append('\r');
                break;
            case '\\' or '\'' or '"':
                text.Append(letter);
                break;
            case '\n':
                line++;
                break;
            case 'u' or 'x' or 'U':
                ReadCodePoint(text, letter switch { 'x' => 2, 'u' => 4, _ => 8 });
                break;
            case 'a' or 'b' or 'f' or 'v' or 'N' or (>= '0' and <= '7'):
                throw TemplateError.Unsupported(line, $"the escape '\\{letter}'");
            default:
                text.Append('\\').Append(letter);
                break;
        }
    }

    private void ReadCodePoint(StringBuilder text, int digits)
    {
        var hex = position + digits < source.Length ? source.AsSpan(position + 1, digits) : [];
        if (!int.TryParse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code) || code is < 0 or > 0x10FFFF)
            throw TemplateError.Wrong(line, $"an escape lacks its {digits} hexadecimal digits");
        if (code > char.MaxValue)
            text.Append(char.ConvertFromUtf32(code));
        else
            text.Append((char)code);
        position += digits;
    }

    private void ReadOperator()
    {
        var rest = source.AsSpan(position);
        foreach (var candidate in LongOperators)
        {
            if (!rest.StartsWith(candidate, StringComparison.Ordinal))
                continue;
            Add(TokenKind.Operator, candidate);
            position += candidate.Length;
            return;
        }

        if (!ShortOperators.Contains(rest[0], StringComparison.Ordinal))
            throw TemplateError.Wrong(line, $"the character '{rest[0]}' has no meaning in a tag");
        Add(TokenKind.Operator, rest[0].ToString());
        position++;
    }

    private void Add(TokenKind kind, string text) => tokens.Add(new Token(kind, text, line));
}

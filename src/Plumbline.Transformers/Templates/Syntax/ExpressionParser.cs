using System.Globalization;

namespace Plumbline.Transformers.Templates.Syntax;

/// <summary>Reads expressions with Jinja's precedence: filters and tests bind tighter than arithmetic.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private static readonly string[] ComparisonOperators = ["==", "!=", "<", "<=", ">", ">="];

    /// <summary>An expression, or, with commas, a tuple.</summary>
    public Expression ParseTuple()
    {
        var line = tokens.Current.Line;
        var first = Parse();
        if (!tokens.Current.Is(","))
            return first;
        var items = new List<Expression> { first };
        while (tokens.TryTake(",") && !EndsTuple())
            items.Add(Parse());
        return new Expression.List(line, items);
    }

    /// <summary>One expression.</summary>
    public Expression Parse() => tokens.Nested(ParseConditional);

    /// <summary>An expression in which a following <c>if</c> is not a part (the items of a loop).</summary>
    public Expression ParseWithoutCondition() => tokens.Nested(ParseOr);

    private bool EndsTuple() => tokens.Current.Kind is TokenKind.BlockEnd or TokenKind.OutputEnd or TokenKind.End || tokens.Current.Is(")");

    private Expression ParseConditional()
    {
        var value = ParseOr();
        while (tokens.Current.IsName("if"))
        {
            var line = tokens.Take().Line;
            var condition = ParseOr();
            var otherwise = tokens.TryTakeName("else") ? Parse() : null;
            value = new Expression.Conditional(line, condition, value, otherwise);
        }

        return value;
    }

    private Expression ParseOr()
    {
        var left = ParseAnd();
        while (tokens.Current.IsName("or"))
            left = new Expression.Binary(tokens.Take().Line, "or", left, ParseAnd());
        return left;
    }

    private Expression ParseAnd()
    {
        var left = ParseNot();
        while (tokens.Current.IsName("and"))
            left = new Expression.Binary(tokens.Take().Line, "and", left, ParseNot());
        return left;
    }

    private Expression ParseNot() => tokens.Current.IsName("not")
        ? new Expression.Unary(tokens.Take().Line, "not", tokens.Nested(ParseNot))
        : ParseComparison();

    private Expression ParseComparison()
    {
        var line = tokens.Current.Line;
        var first = ParseSum();
        var rest = new List<(string, Expression)>();
        while (ComparisonOperator() is { } name)
            rest.Add((name, ParseSum()));
        return rest.Count == 0 ? first : new Expression.Comparison(line, first, rest);
    }

    private string? ComparisonOperator()
    {
        if (tokens.Current.Kind == TokenKind.Operator && ComparisonOperators.Contains(tokens.Current.Text, StringComparer.Ordinal))
            return tokens.Take().Text;
        if (tokens.TryTakeName("in"))
            return "in";
        if (!tokens.Current.IsName("not") || !tokens.Following.IsName("in"))
            return null;
        tokens.Take();
        tokens.Take();
        return "not in";
    }

    private Expression ParseSum() => ParseLeft(ParseConcatenation, "+", "-");

    private Expression ParseConcatenation() => ParseLeft(ParseProduct, "~");

    private Expression ParseProduct() => ParseLeft(ParsePower, "*", "/", "//", "%");

    private Expression ParsePower() => ParseLeft(() => ParseUnary(filters: true), "**");

    private Expression ParseLeft(Func<Expression> operand, params ReadOnlySpan<string> operators)
    {
        var left = operand();
        while (tokens.Current.Kind == TokenKind.Operator && operators.Contains(tokens.Current.Text))
        {
            var token = tokens.Take();
            left = new Expression.Binary(token.Line, token.Text, left, operand());
        }

        return left;
    }

    private Expression ParseUnary(bool filters)
    {
        Expression value;
        if (tokens.Current.Is("-") || tokens.Current.Is("+"))
        {
            var sign = tokens.Take();
            value = new Expression.Unary(sign.Line, sign.Text, tokens.Nested(() => ParseUnary(filters: false)));
        }
        else
        {
            value = ParsePostfix(ParsePrimary());
        }

        return filters ? ParseFilters(value) : value;
    }

    private Expression ParseFilters(Expression value)
    {
        while (true)
        {
            if (tokens.TryTake("|"))
            {
                var name = tokens.Expect(TokenKind.Name, "a filter's name");
                value = new Expression.Filter(name.Line, value, name.Text, tokens.Current.Is("(") ? ParseArguments() : Expression.Arguments.None);
            }
            else if (tokens.TryTakeName("is"))
            {
                value = ParseTest(value);
            }
            else if (tokens.Current.Is("(") || tokens.Current.Is(".") || tokens.Current.Is("["))
            {
                value = ParsePostfix(value);
            }
            else
            {
                return value;
            }
        }
    }

    private Expression.Test ParseTest(Expression value)
    {
        var negated = tokens.TryTakeName("not");
        var name = tokens.Expect(TokenKind.Name, "a test's name");
        var arguments = Expression.Arguments.None;
        if (tokens.Current.Is("("))
            arguments = ParseArguments();
        else if (BeginsTestArgument())
            arguments = new Expression.Arguments([ParsePostfix(ParsePrimary())], []);
        return new Expression.Test(name.Line, value, name.Text, arguments, negated);
    }

    private bool BeginsTestArgument() => tokens.Current.Kind switch
    {
        TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
        TokenKind.Name => tokens.Current.Text is not ("else" or "or" or "and" or "is" or "if" or "in" or "not"),
        _ => tokens.Current.Is("[") || tokens.Current.Is("{"),
    };

    private Expression ParsePrimary()
    {
        var token = tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Name:
                return Name(token);
            case TokenKind.String:
                return ParseString(token);
            case TokenKind.Integer:
                return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                    ? new Expression.Literal(token.Line, whole)
                    : throw TemplateError.Unsupported(token.Line, $"the number {token.Text}");
            case TokenKind.Float:
                return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? new Expression.Literal(token.Line, number)
                    : throw TemplateError.Wrong(token.Line, $"'{token.Text}' is no number");
        }

        return token switch
        {
            _ when token.Is("(") => ParseGroup(token.Line),
            _ when token.Is("[") => new Expression.List(token.Line, ParseItems("]", Parse)),
            _ when token.Is("{") => new Expression.Map(token.Line, ParseItems("}", ParsePair)),
            _ => throw TemplateError.Wrong(token.Line, $"expected a value, found {token.Display}"),
        };
    }

    private static Expression Name(Token token) => token.Text switch
    {
        "true" or "True" => new Expression.Literal(token.Line, true),
        "false" or "False" => new Expression.Literal(token.Line, false),
        "none" or "None" => new Expression.Literal(token.Line, null),
        _ => new Expression.Variable(token.Line, token.Text),
    };

    private Expression.Literal ParseString(Token token)
    {
        var text = token.Text;
        while (tokens.Current.Kind == TokenKind.String)
            text += tokens.Take().Text;
        return new Expression.Literal(token.Line, text);
    }

    private Expression ParseGroup(int line)
    {
        if (tokens.TryTake(")"))
            return new Expression.List(line, []);
        var value = ParseTuple();
        tokens.Expect(")");
        return value;
    }

    private List<T> ParseItems<T>(string close, Func<T> item)
    {
        var items = new List<T>();
        while (!tokens.TryTake(close))
        {
            items.Add(item());
            if (tokens.TryTake(close))
                break;
            tokens.Expect(",");
        }

        return items;
    }

    private (Expression Key, Expression Value) ParsePair()
    {
        var key = Parse();
        tokens.Expect(":");
        return (key, Parse());
    }

    private Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            var line = tokens.Current.Line;
            if (tokens.TryTake("."))
                value = ParseMember(value, line);
            else if (tokens.TryTake("["))
                value = ParseIndex(value, line);
            else if (tokens.Current.Is("("))
                value = new Expression.Call(line, value, ParseArguments());
            else
                return value;
        }
    }

    private Expression ParseMember(Expression value, int line)
    {
        if (tokens.Current.Kind == TokenKind.Integer)
            return new Expression.Index(line, value, ParsePrimary());
        return new Expression.Attribute(line, value, tokens.Expect(TokenKind.Name, "an attribute's name").Text);
    }

    private Expression ParseIndex(Expression value, int line)
    {
        var from = tokens.Current.Is(":") ? null : Parse();
        if (!tokens.TryTake(":"))
        {
            tokens.Expect("]");
            return new Expression.Index(line, value, from!);
        }

        var to = tokens.Current.Is(":") || tokens.Current.Is("]") ? null : Parse();
        var step = tokens.TryTake(":") && !tokens.Current.Is("]") ? Parse() : null;
        tokens.Expect("]");
        return new Expression.Slice(line, value, from, to, step);
    }

    private Expression.Arguments ParseArguments()
    {
        tokens.Expect("(");
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        foreach (var (name, value) in ParseItems(")", ParseArgument))
        {
            if (name is not null)
                named.Add((name, value));
            else if (named.Count == 0)
                positional.Add(value);
            else
                throw TemplateError.Wrong(value.Line, "an argument without a name follows one with a name");
        }

        return new Expression.Arguments(positional, named);
    }

    private (string? Name, Expression Value) ParseArgument()
    {
        if (tokens.Current.Is("*") || tokens.Current.Is("**"))
            throw TemplateError.Unsupported(tokens.Current.Line, $"'{tokens.Current.Text}' before an argument");
        if (tokens.Current.Kind != TokenKind.Name || !tokens.Following.Is("="))
            return (null, Parse());
        var name = tokens.Take().Text;
        tokens.Take();
        return (name, Parse());
    }
}

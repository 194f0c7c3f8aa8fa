namespace Plumbline.Transformers.Templates.Syntax;

/// <summary>Reads a template's statements. A statement that the engine does not know is an error that names it with its line.</summary>
internal sealed class TemplateParser
{
    private readonly TokenReader tokens;
    private readonly ExpressionParser expressions;

    private TemplateParser(TokenReader tokens)
    {
        this.tokens = tokens;
        expressions = new ExpressionParser(tokens);
    }

    /// <summary>The statements of a whole template.</summary>
    /// <exception cref="Checkpoints.CheckpointException">It is malformed, or uses a construct that the engine does not know.</exception>
    public static IReadOnlyList<Statement> Parse(string template)
    {
        var parser = new TemplateParser(new TokenReader(Lexer.Read(template)));
        var body = parser.ParseBody();
        if (parser.tokens.Current.Kind != TokenKind.End)
            throw TemplateError.Wrong(parser.tokens.Following.Line, $"{parser.tokens.Following.Display} ends what was not begun");
        return body;
    }

    /// <summary>Statements up to a block that is not one of its own, such as <c>endif</c>, which is left to be read.</summary>
    private List<Statement> ParseBody()
    {
        var body = new List<Statement>();
        while (true)
        {
            var token = tokens.Current;
            switch (token.Kind)
            {
                case TokenKind.Text:
                    body.Add(new Statement.Text(token.Line, tokens.Take().Text));
                    break;
                case TokenKind.OutputStart:
                    body.Add(ParseOutput());
                    break;
                case TokenKind.BlockStart when !ClosesBody(tokens.Following):
                    tokens.Take();
                    body.Add(tokens.Nested(ParseStatement));
                    break;
                default:
                    return body;
            }
        }
    }

    private static bool ClosesBody(Token token) => token.Kind == TokenKind.Name
        && token.Text is "elif" or "else" or "endif" or "endfor" or "endset" or "endmacro" or "endgeneration";

    private Statement.Output ParseOutput()
    {
        var line = tokens.Take().Line;
        var value = expressions.ParseTuple();
        tokens.Expect(TokenKind.OutputEnd, "'}}'");
        return new Statement.Output(line, value);
    }

    private Statement ParseStatement()
    {
        var keyword = tokens.Expect(TokenKind.Name, "a statement");
        switch (keyword.Text)
        {
            case "if":
                return ParseIf(keyword.Line);
            case "for":
                return ParseFor(keyword.Line);
            case "set":
                return ParseSet(keyword.Line);
            case "macro":
                return ParseMacro(keyword.Line);
            case "generation":
                EndBlock();
                return new Statement.Group(keyword.Line, ParseClosed("endgeneration", keyword.Line));
            case "break":
                EndBlock();
                return new Statement.Break(keyword.Line);
            case "continue":
                EndBlock();
                return new Statement.Continue(keyword.Line);
            default:
                throw TemplateError.Unsupported(keyword.Line, $"the statement '{keyword.Text}'");
        }
    }

    private Statement.If ParseIf(int line)
    {
        var branches = new List<(Expression, IReadOnlyList<Statement>)> { ParseBranch() };
        while (TryTakeBlock("elif"))
            branches.Add(ParseBranch());
        return new Statement.If(line, branches, ParseElse("endif", line));
    }

    private (Expression Condition, IReadOnlyList<Statement> Body) ParseBranch()
    {
        var condition = expressions.ParseTuple();
        EndBlock();
        return (condition, ParseBody());
    }

    private Statement.For ParseFor(int line)
    {
        var targets = ParseTargets();
        if (!tokens.TryTakeName("in"))
            throw TemplateError.Wrong(tokens.Current.Line, $"expected 'in', found {tokens.Current.Display}");
        var items = expressions.ParseWithoutCondition();
        var condition = tokens.TryTakeName("if") ? expressions.Parse() : null;
        if (tokens.Current.IsName("recursive"))
            throw TemplateError.Unsupported(line, "a recursive loop");
        EndBlock();
        var body = ParseBody();
        return new Statement.For(line, targets, items, condition, body, ParseElse("endfor", line));
    }

    private List<string> ParseTargets()
    {
        var parentheses = tokens.TryTake("(");
        var targets = new List<string> { Target() };
        while (tokens.TryTake(","))
            targets.Add(Target());
        if (parentheses)
            tokens.Expect(")");
        return targets;

        string Target() => tokens.Expect(TokenKind.Name, "a variable's name").Text;
    }

    private Statement ParseSet(int line)
    {
        var targets = ParseTargets();
        if (targets is [var space] && tokens.TryTake("."))
        {
            var name = tokens.Expect(TokenKind.Name, "an attribute's name").Text;
            tokens.Expect("=");
            return new Statement.SetAttribute(line, space, name, ParseValue());
        }

        if (tokens.TryTake("="))
            return new Statement.Set(line, targets, ParseValue());
        if (targets is not [var target])
            throw TemplateError.Wrong(line, "several names are set without a value");
        EndBlock();
        return new Statement.SetBlock(line, target, ParseClosed("endset", line));
    }

    private Expression ParseValue()
    {
        var value = expressions.ParseTuple();
        EndBlock();
        return value;
    }

    private Statement.Macro ParseMacro(int line)
    {
        var name = tokens.Expect(TokenKind.Name, "the macro's name").Text;
        var parameters = new List<(string, Expression?)>();
        tokens.Expect("(");
        while (!tokens.TryTake(")"))
        {
            var parameter = tokens.Expect(TokenKind.Name, "a parameter's name").Text;
            parameters.Add((parameter, tokens.TryTake("=") ? expressions.Parse() : null));
            if (!tokens.Current.Is(")"))
                tokens.Expect(",");
        }

        EndBlock();
        return new Statement.Macro(line, name, parameters, ParseClosed("endmacro", line));
    }

    private List<Statement> ParseElse(string end, int line)
    {
        if (!TryTakeBlock("else"))
        {
            ExpectBlock(end, line);
            return [];
        }

        EndBlock();
        return ParseClosed(end, line);
    }

    private List<Statement> ParseClosed(string end, int line)
    {
        var body = ParseBody();
        ExpectBlock(end, line);
        return body;
    }

    private void ExpectBlock(string name, int line)
    {
        if (!TryTakeBlock(name))
            throw TemplateError.Wrong(tokens.Current.Line, $"expected '{name}' for what line {line} begins, found {(tokens.Current.Kind == TokenKind.BlockStart ? tokens.Following : tokens.Current).Display}");
        EndBlock();
    }

    private bool TryTakeBlock(string name)
    {
        if (tokens.Current.Kind != TokenKind.BlockStart || !tokens.Following.IsName(name))
            return false;
        tokens.Take();
        tokens.Take();
        return true;
    }

    private void EndBlock() => tokens.Expect(TokenKind.BlockEnd, "'%}'");
}

using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;

namespace Plumbline.Cli.Commands;

/// <summary>One run of the program: parses, runs the verb, and turns whatever happens into an exit code and a sentence.</summary>
internal sealed class Invocation(PlumbCommand root, Screen screen, bool showsTraces)
{
    public async Task<ExitCode> RunAsync(string[] arguments)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples) return TellMisuse(parsed);
        if (parsed.Action is not (null or VerbAction)) return await HelpAsync(parsed);

        return parsed.CommandResult.Command is Verb verb ? await RunAsync(verb, parsed) : throw new InvalidOperationException("A command without an action is not a verb.");
    }

    private async Task<ExitCode> HelpAsync(ParseResult parsed)
    {
        try
        {
            if (parsed.Action is HelpWithExamples help && screen.Columns is { } columns) help.Columns = columns;
            return (ExitCode)await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            screen.Problem(new OutputException(exception).Message);
            return ExitCode.Failure;
        }
    }

    private async Task<ExitCode> RunAsync(Verb verb, ParseResult parsed)
    {
        using var interruption = new Interruption(() => screen.Note("Stopping (again to kill) ..."));
        try
        {
            return await verb.RunAsync(parsed, screen, interruption.Token);
        }
        catch (Exception exception) when (interruption.Token.IsCancellationRequested && IsCancellation(exception))
        {
            screen.Problem("interrupted. " + verb.AfterInterruption);
            return ExitCode.Interrupted;
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception);
            screen.Problem(failure.Sentence);
            if (showsTraces) screen.Note(exception.ToString());
            return failure.Code;
        }
    }

    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException || (exception is AggregateException all && all.InnerExceptions.All(IsCancellation));

    private ExitCode TellMisuse(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        foreach (var error in parsed.Errors) screen.Problem(ParserFault.Describe(error));
        var known = command.Subcommands.Select(verb => verb.Name).Concat(command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)));
        foreach (var meant in parsed.UnmatchedTokens.Select(token => NearestName.To(token, known)).OfType<string>().Distinct(StringComparer.Ordinal)) screen.Note($"Did you mean '{meant}'?");
        screen.Note($"'{PathOf(parsed)} --help' shows how it is used.");
        return ExitCode.BadInput;
    }

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var part = parsed.CommandResult; part is not null; part = part.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, part.Command is RootCommand ? "plumb" : part.Command.Name);
        return string.Join(' ', names);
    }
}

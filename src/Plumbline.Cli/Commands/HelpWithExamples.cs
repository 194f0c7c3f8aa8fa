using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Plumbline.Cli.Commands;

/// <summary>The usual help, and examples below it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>How many columns it is laid out in, where it is not what the terminal tells.</summary>
    public int Columns { set => help.MaxWidth = value; }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        // A verb below another one is used without what that one takes: 'plumb report verify FILE', not 'plumb report RUN verify FILE'.
        var others = Above(parseResult.CommandResult.Command).SelectMany(command => command.Arguments).Where(argument => !argument.Hidden).ToList();
        others.ForEach(argument => argument.Hidden = true);
        var status = help.Invoke(parseResult);
        others.ForEach(argument => argument.Hidden = false);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            output.WriteLine("Examples:");
            foreach (var example in verb.Examples) output.WriteLine("  " + example);
            output.WriteLine();
        }

        return status;
    }

    private static IEnumerable<Command> Above(Command command) => command.Parents.OfType<Command>().SelectMany(parent => Above(parent).Prepend(parent));
}

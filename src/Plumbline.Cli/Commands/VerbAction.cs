using System.CommandLine;
using System.CommandLine.Invocation;

namespace Plumbline.Cli.Commands;

/// <summary>Tells the parser that a verb can be run by itself. <see cref="Invocation"/> runs it.</summary>
internal sealed class VerbAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult) => throw new InvalidOperationException("A verb is run by its invocation.");
}

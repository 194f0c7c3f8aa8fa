using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;

namespace Plumbline.Cli.Commands;

/// <summary>A verb of the command line, with examples that its help shows.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Whole command lines that work, the commonest first.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>What a person who interrupted this verb must do to go on.</summary>
    public virtual string AfterInterruption => "Nothing was left half-written.";

    /// <summary>An option's value, checked.</summary>
    /// <exception cref="UsageException">It is outside its range.</exception>
    protected static T InRange<T>(ParseResult arguments, Option<T> option, Func<T?, bool> holds, string range)
    {
        var value = arguments.GetValue(option);
        return holds(value) ? value! : throw new UsageException($"{option.Name} is {value}; it must be {range}.");
    }

    /// <summary>Does what the verb says.</summary>
    public abstract Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken);
}

using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;

namespace Plumbline.Cli.Commands;

/// <summary>A verb of the command line, with examples that its help shows.</summary>
internal abstract class Verb : Command
{
    /// <summary>The option's name.</summary>
    protected const string JsonFlag = "--json";

    protected Verb(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        // The parser takes a command without an action for one that needs a further word as soon as it has verbs below it.
        Action = new VerbAction();
    }

    /// <summary>Whole command lines that work, the commonest first.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>What a person who interrupted this verb must do to go on.</summary>
    public virtual string AfterInterruption => "Nothing was left half-written.";

    /// <summary>The option <c>--json</c>: with it standard output holds nothing but JSON.</summary>
    /// <param name="what">What is printed, for help.</param>
    protected static Option<bool> JsonOption(string what) => new(JsonFlag) { Description = $"Print as JSON: {what}." };

    /// <summary>An option's value, checked.</summary>
    /// <exception cref="UsageException">It is outside its range.</exception>
    internal static T InRange<T>(ParseResult arguments, Option<T> option, Func<T?, bool> holds, string range)
    {
        var value = arguments.GetValue(option);
        return holds(value) ? value! : throw new UsageException($"{option.Name} is {value}; it must be {range}.");
    }

    /// <summary>Where to write: a path that is not empty, as an unset variable of a shell script would leave it.</summary>
    /// <exception cref="UsageException">It is empty.</exception>
    protected static string Target(string? path, string name) => string.IsNullOrWhiteSpace(path)
        ? throw new UsageException($"{name} is empty; it must be a path. Was a variable of the shell not set?")
        : path;

    /// <summary>A name that may be left out, but is not empty where it is given.</summary>
    /// <exception cref="UsageException">It is empty.</exception>
    protected static string? GivenName(ParseResult arguments, Option<string?> option) => arguments.GetValue(option) is { } name && string.IsNullOrWhiteSpace(name)
        ? throw new UsageException($"{option.Name} is empty; it must be a name. Was a variable of the shell not set?")
        : arguments.GetValue(option);

    /// <summary>Makes the folder for a result before any work is spent on it, and takes only an empty one.</summary>
    /// <exception cref="UsageException">It cannot be made, or holds something.</exception>
    protected static string EmptyFolder(string? path, string name)
    {
        var folder = Folder(path, name);
        return Directory.EnumerateFileSystemEntries(folder).Any()
            ? throw new UsageException($"The folder '{folder}' is not empty. Give another one with {name}, so that nothing is overwritten.")
            : folder;
    }

    /// <summary>Makes the folder for a result before any work is spent on it.</summary>
    /// <exception cref="UsageException">It cannot be made.</exception>
    protected static string Folder(string? path, string name) => TargetFolder.Make(Target(path, name), name);

    /// <summary>Does what the verb says.</summary>
    public abstract Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken);
}

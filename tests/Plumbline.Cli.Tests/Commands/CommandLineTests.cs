using System.CommandLine;
using System.Text.RegularExpressions;
using Plumbline.Cli.Commands;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Files;
using Plumbline.Configuration.Sources;
using Plumbline.Yaml;
using Shouldly;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>The command line as a whole: everything has help, and every command line that is written anywhere is one that parses.</summary>
public sealed partial class CommandLineTests
{
    private static readonly PlumbCommand Root = new(new Workshop(_ => null, () => [], TimeProvider.System));

    [Fact]
    public void Every_verb_says_what_it_does_and_shows_an_example()
    {
        foreach (var command in Everything(Root))
        {
            command.Description.ShouldNotBeNullOrWhiteSpace(command.Name);
            if (command.Subcommands.Count == 0) command.ShouldBeAssignableTo<Verb>()!.Examples.ShouldNotBeEmpty(command.Name);
            foreach (var symbol in command.Options.Cast<Symbol>().Concat(command.Arguments))
                symbol.Description.ShouldNotBeNullOrWhiteSpace($"{command.Name} {symbol.Name}");
        }
    }

    [Fact]
    public void Every_example_of_the_help_parses()
    {
        foreach (var example in Everything(Root).OfType<Verb>().SelectMany(verb => verb.Examples)) ShouldParse(example);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/cli.md")]
    [InlineData("docs/walkthrough.md")]
    public void Every_command_line_of_the_pages_parses(string page)
    {
        var lines = Fences().Matches(File.ReadAllText(Path.Combine(Checkout(), page)))
            .SelectMany(fence => fence.Groups[1].Value.Split('\n'))
            .Where(line => line.StartsWith("./plumb ", StringComparison.Ordinal) || line.StartsWith("plumb ", StringComparison.Ordinal)).ToList();

        lines.ShouldNotBeEmpty();
        foreach (var line in lines.Where(line => !line.Contains('['))) ShouldParse(line.Replace("lora|full", "lora", StringComparison.Ordinal).Replace("--port N", "--port 1", StringComparison.Ordinal).TrimEnd(' ', '&'));
    }

    /// <summary>The workflow is YAML that GitHub reads, each of its commands is one, and the file beside it is a plumbline.yaml.</summary>
    [Fact]
    public void The_example_of_a_build_holds_together()
    {
        var examples = Path.Combine(Checkout(), "docs/examples");
        var workflow = (YamlMappingNode)YamlDocuments.Read(File.ReadAllText(Path.Combine(examples, "github-actions.yml"))).ShouldHaveSingleItem();
        var job = (YamlMappingNode)workflow["jobs"]["audit"];
        var commands = ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>().Where(step => step.Children.ContainsKey("run"))
            .SelectMany(step => ((YamlScalarNode)step["run"]).Value!.Split('\n')).Where(line => line.TrimStart().StartsWith("plumb ", StringComparison.Ordinal)).ToList();
        commands.Count.ShouldBe(5);
        foreach (var command in commands) ShouldParse(command.Replace("\"", "", StringComparison.Ordinal));

        var settings = new AuditSettings(new Layers([ConfigurationFile.Find(Path.Combine(examples, "plumbline.yaml"))!.Value.Layer], new References(_ => null)));
        settings.NotNamed(needsOutput: true).ShouldBeEmpty();
        Path.GetFullPath(settings.Output!).ShouldBe(Path.GetFullPath(Path.Combine(examples, ((YamlScalarNode)job["env"]["RUN"]).Value!)));
        settings.Policy.Demands.ShouldNotBeEmpty();
    }

    /// <summary>docs/cli.md promises to say what help does not, so it must know every verb.</summary>
    [Fact]
    public void The_page_has_every_verb()
    {
        var page = File.ReadAllText(Path.Combine(Checkout(), "docs/cli.md"));

        foreach (var verb in Root.Subcommands) page.ShouldContain("## plumb " + verb.Name);
    }

    [GeneratedRegex("```(?:sh)?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fences();

    private static void ShouldParse(string line)
    {
        var command = line.Split('#') is [var before, ..] && before.EndsWith("  ", StringComparison.Ordinal) ? before : line;
        var start = command.IndexOf("plumb ", StringComparison.Ordinal) + "plumb ".Length;
        Root.Parse(command[start..].Trim()).Errors.Select(error => error.Message).ShouldBeEmpty(line);
    }

    private static IEnumerable<Command> Everything(Command command) => command.Subcommands.SelectMany(Everything).Prepend(command);

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Sources;

namespace Plumbline.Cli.Commands;

/// <summary>The program, from its arguments to its exit code.</summary>
internal static class Start
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var workshop = new Workshop(Environment.GetEnvironmentVariable, () => Environment.GetEnvironmentVariables().Keys.Cast<string>(), TimeProvider.System);
        var plumb = new PlumbCommand(workshop);
        if (EnvironmentChoice.Of(plumb.Parse(arguments), plumb) is { Count: > 0 } files)
        {
            workshop = workshop.With(new EnvironmentFiles(workshop.Environment, files));
            plumb = new PlumbCommand(workshop);
        }

        var screen = Screen.OfProcess(Redaction.Of([.. workshop.Variables, .. workshop.Files?.Values.Select(value => KeyValuePair.Create(value.Key, value.Value.Text)) ?? []]), Environment.GetEnvironmentVariable("COLUMNS"));
        var showsTraces = Environment.GetEnvironmentVariable("PLUMBLINE_TRACE") == "1";
        return (int)await new Invocation(plumb, screen, showsTraces).RunAsync(arguments);
    }
}

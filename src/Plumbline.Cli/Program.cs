using Plumbline.Cli.Commands;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;

var screen = Screen.OfProcess();
var plumb = new PlumbCommand(new Workshop(Environment.GetEnvironmentVariable, () => Environment.GetEnvironmentVariables().Keys.Cast<string>(), screen.Time));
var showsTraces = Environment.GetEnvironmentVariable("PLUMBLINE_TRACE") == "1";
return (int)await new Invocation(plumb, screen, showsTraces).RunAsync(args);

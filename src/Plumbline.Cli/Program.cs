using Plumbline.Cli.Commands;
using Plumbline.Cli.Screens;
using Plumbline.Providers.Models;

var screen = Screen.OfProcess();
var keys = new ApiKeys(Environment.GetEnvironmentVariable);
var plumb = new PlumbCommand(new ModelOpener(keys, screen.Time), keys);
var showsTraces = Environment.GetEnvironmentVariable("PLUMBLINE_TRACE") == "1";
return (int)await new Invocation(plumb, screen, showsTraces).RunAsync(args);

using Plumbline.Cli.Commands;
using Plumbline.Cli.Screens;
using Plumbline.Providers.Models;

var screen = Screen.OfProcess();
var plumb = new PlumbCommand(new ModelOpener(new ApiKeys(Environment.GetEnvironmentVariable), screen.Time));
var showsTraces = Environment.GetEnvironmentVariable("PLUMBLINE_TRACE") == "1";
return (int)await new Invocation(plumb, screen, showsTraces).RunAsync(args);

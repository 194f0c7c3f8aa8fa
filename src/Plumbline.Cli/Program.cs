using Plumbline.Cli.Commands;
using Plumbline.Cli.Commands.Models;
using Plumbline.Cli.Screens;
using Plumbline.Providers.Models;

var screen = Screen.OfProcess();
var opener = new ModelOpener(new ApiKeys(Environment.GetEnvironmentVariable), screen.Time);
var plumb = new PlumbCommand(
[
    new DemoVerb(opener),
    new AuditVerb(opener),
    new TuneVerb(),
    new ModelCommand(opener),
    new ServeModelVerb(opener),
    new BobCommand(),
    new ListVerb(),
]);
var showsTraces = Environment.GetEnvironmentVariable("PLUMBLINE_TRACE") == "1";
return (int)await new Invocation(plumb, screen, showsTraces).RunAsync(args);

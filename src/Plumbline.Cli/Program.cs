using Plumbline.Cli.Commands;
using Plumbline.Cli.Screens;

var invocation = new Invocation(
    new PlumbCommand([]),
    Screen.OfProcess(),
    showsTraces: Environment.GetEnvironmentVariable("PLUMBLINE_TRACE") == "1");
return (int)await invocation.RunAsync(args);

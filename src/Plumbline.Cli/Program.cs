using System.CommandLine;

return await new RootCommand("Audits").Parse(args).InvokeAsync();

using Plumbline.Cli.Commands;
using Plumbline.Cli.Setup;
using Plumbline.Files;

// Looked at before anything else is loaded: where too few files may be open, the program's own parts are what cannot be opened, and nobody
// could say so any more.
if (OpenFiles.Limit is { } limit && limit < OpenFiles.Least)
{
    Console.Error.WriteLine($"plumb: Only {limit} files and connections may be open at once here (ulimit -n), and Plumbline needs {OpenFiles.Least}, and one more for each call in flight. "
        + "Raise the limit, as with 'ulimit -n 1024', and run the same command again.");
    return 1;
}

NativeHeap.GiveBackAtOnce();
return await Start.RunAsync(args);

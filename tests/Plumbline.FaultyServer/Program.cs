using Plumbline.FaultyServer;

try
{
    var (port, options) = FaultArguments.Read(args);
    await using var server = await FaultyChatServer.StartAsync(options, port);
    Console.WriteLine(server.Endpoint);
    // Whoever started it holds its standard input: it cannot outlive them.
    await Console.In.ReadToEndAsync();
    return 0;
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n{FaultArguments.Usage}");
    return 2;
}

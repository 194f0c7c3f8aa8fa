using System.Diagnostics;
using System.Text;

namespace Plumbline.Cli.Tests;

/// <summary>The real program as a process of its own: what a shell or a script sees of it.</summary>
internal sealed class PlumbProcess : IDisposable
{
    /// <summary>Longer than any test takes on a machine that does much else; it only keeps a hanging one from hanging for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What a machine's own settings would change: where calls go, how wide a table is, what an option is.</summary>
    private static readonly string[] OfTheMachine = ["COLUMNS", "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "AZURE_OPENAI_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private PlumbProcess(Process process) => _process = process;

    /// <summary>Standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    /// <summary>Standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public bool HasEnded => _process.HasExited;

    public static async Task<PlumbResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.ResultAsync();
    }

    public static PlumbProcess Start(params string[] arguments) => StartWithKey(null, arguments);

    /// <summary>Starts it in a folder.</summary>
    public static PlumbProcess StartIn(string folder, params string[] arguments) => Start(key: null, folder, ignoresHangUp: false, arguments);

    /// <summary>Starts a copy of it that lies in a folder without models beside or above it.</summary>
    public static PlumbProcess StartAlone(string folder, params string[] arguments)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return Start(key: null, folder, ignoresHangUp: false, arguments, folder);
    }

    /// <summary>Starts it with PLUMBLINE_API_KEY set; null leaves it out.</summary>
    public static PlumbProcess StartWithKey(string? key, params string[] arguments) => Start(key, folder: "", ignoresHangUp: false, arguments);

    /// <summary>Starts it as nohup does; only Linux's env can.</summary>
    public static PlumbProcess StartWithoutHangUp(params string[] arguments) => Start(key: null, folder: "", ignoresHangUp: true, arguments);

    private static PlumbProcess Start(string? key, string folder, bool ignoresHangUp, string[] arguments, string? program = null)
    {
        // A shell starts what it puts in the background with Ctrl-C ignored, and children inherit that; env becomes dotnet, so the process is the same one.
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = folder };
        if (OperatingSystem.IsLinux())
        {
            start.ArgumentList.Add(ignoresHangUp ? "--default-signal=INT" : "--default-signal=INT,HUP");
            if (ignoresHangUp) start.ArgumentList.Add("--ignore-signal=HUP");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(program ?? AppContext.BaseDirectory, "plumb.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // The keys and settings of whoever runs the tests are none of their business.
        foreach (var name in start.Environment.Keys.Where(name => OfTheMachine.Contains(name) || name.StartsWith("PLUMBLINE_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        if (key is not null) start.Environment["PLUMBLINE_API_KEY"] = key;

        var running = new PlumbProcess(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => Append(running._output, line.Data);
        running._process.ErrorDataReceived += (_, line) => Append(running._errors, line.Data);
        running._process.Start();
        running._process.StandardInput.Close();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    public async Task<PlumbResult> ResultAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, TestContext.Current.CancellationToken);
        try
        {
            await _process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"plumb did not end within {Patience}. It printed:\n{Output}\n{Errors}", exception);
        }

        return new PlumbResult(_process.ExitCode, Output, Errors);
    }

    /// <summary>What Ctrl-C sends.</summary>
    public void Interrupt() => Signal("-INT");

    /// <summary>What the end of its terminal sends.</summary>
    public void HangUp() => Signal("-HUP");

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>What a power cut does to it.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static void Append(StringBuilder to, string? line)
    {
        lock (to)
        {
            if (line is not null) to.AppendLine(line);
        }
    }
}

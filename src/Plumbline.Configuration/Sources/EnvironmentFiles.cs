namespace Plumbline.Configuration.Sources;

/// <summary>
/// The environment's variables with those of files below them: a variable that is set to something counts, whatever a file says. They are for this
/// process's own look-ups: no other process is given them.
/// </summary>
public sealed class EnvironmentFiles
{
    private readonly Func<string, string?> _process;
    private readonly Dictionary<string, Given> _values = new(StringComparer.Ordinal);
    private readonly ConfigurationException? _fault;

    /// <summary>Reads the files. One that is wrong is told where a variable is looked up that the process does not have: a command that needs none does not
    /// fail for it.</summary>
    /// <param name="process">Reads a variable of the process; null where it is not set.</param>
    /// <param name="paths">The files; of a name in several the later file counts.</param>
    public EnvironmentFiles(Func<string, string?> process, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(paths);
        (_process, Paths) = (process, paths);
        try
        {
            foreach (var (name, given) in paths.SelectMany(EnvironmentFile.Read)) _values[name] = given;
        }
        catch (ConfigurationException fault)
        {
            _fault = fault;
        }
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The variables that a file gives, whether or not the process has them too.</summary>
    public IReadOnlyDictionary<string, Given> Values => _values;

    /// <summary>A variable's value; null where it is not set. One that is set to nothing counts as not set.</summary>
    /// <exception cref="ConfigurationException">The process does not have it, and a file that might is missing or wrong.</exception>
    public string? Find(string name)
    {
        var own = _process(name);
        if (!string.IsNullOrEmpty(own)) return own;
        if (_fault is not null) throw _fault;

        return _values.GetValueOrDefault(name)?.Text ?? own;
    }

    /// <summary>The same, but a file that is missing or wrong gives nothing.</summary>
    public string? Peek(string name) => _process(name) is { Length: > 0 } own ? own : _values.GetValueOrDefault(name)?.Text;

    /// <summary>Where a file gives a variable; null where the process has it, or nobody.</summary>
    public Origin? OriginOf(string name) => string.IsNullOrEmpty(_process(name)) ? _values.GetValueOrDefault(name)?.Origin : null;
}

using Plumbline.Configuration.Sources;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Setup;

/// <summary>What verbs work with that comes from outside the command line: the environment, and the models that it has keys for.</summary>
/// <param name="Environment">Reads an environment variable; null where it is not set.</param>
/// <param name="VariableNames">The names of all that are set.</param>
/// <param name="Time">The clock.</param>
internal sealed record Workshop(Func<string, string?> Environment, Func<IEnumerable<string>> VariableNames, TimeProvider Time)
{
    /// <summary>The files that some variables come from; null where there is none.</summary>
    public EnvironmentFiles? Files { get; private init; }

    /// <summary>Every variable that has a value, with it; of a file that is wrong none.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables =>
        from name in VariableNames()
        let value = Files is null ? Environment(name) : Files.Peek(name)
        where value is not null
        select KeyValuePair.Create(name, value);

    /// <summary>The same with variables of files below those of the process.</summary>
    public Workshop With(EnvironmentFiles files) => this with
    {
        Environment = files.Find,
        VariableNames = () => VariableNames().Union(files.Values.Keys, StringComparer.Ordinal),
        Files = files,
    };

    /// <summary>What the variables set.</summary>
    /// <exception cref="Configuration.ConfigurationException">A variable has no usable value.</exception>
    public Layer Settings => EnvironmentLayer.Read(Environment, Files is null ? null : Files.OriginOf);

    /// <summary>The usual keys.</summary>
    public ApiKeys Keys => new(Environment);

    /// <summary>Opens models with the usual keys.</summary>
    public ModelOpener Opener => new(Keys, Time);

    /// <summary>Opens models; an endpoint gets the key in <paramref name="keyVariable"/> in the place of its usual one.</summary>
    /// <exception cref="Exits.UsageException">The variable is not set.</exception>
    public ModelOpener OpenerFor(string? keyVariable)
    {
        if (keyVariable is null) return Opener;
        if (string.IsNullOrWhiteSpace(Environment(keyVariable))) throw new Exits.UsageException($"The environment variable {keyVariable}, which should hold an endpoint's key, is not set.");

        return new ModelOpener(new ApiKeys(Environment, keyVariable), Time);
    }
}

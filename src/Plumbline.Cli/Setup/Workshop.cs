using Plumbline.Providers.Models;

namespace Plumbline.Cli.Setup;

/// <summary>What verbs work with that comes from outside the command line: the environment, and the models that it has keys for.</summary>
/// <param name="Environment">Reads an environment variable; null where it is not set.</param>
/// <param name="VariableNames">The names of all that are set.</param>
/// <param name="Time">The clock.</param>
internal sealed record Workshop(Func<string, string?> Environment, Func<IEnumerable<string>> VariableNames, TimeProvider Time)
{
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

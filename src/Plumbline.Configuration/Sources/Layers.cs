using System.Globalization;
using Plumbline.Configuration.Settings;

namespace Plumbline.Configuration.Sources;

/// <summary>Several places over one another: what the strongest gives, counts.</summary>
/// <param name="strongestFirst">The places.</param>
/// <param name="references">Resolves references to the environment.</param>
public sealed class Layers(IReadOnlyList<Layer> strongestFirst, References references)
{
    /// <summary>What the references that were resolved so far stand for, each with its reference.</summary>
    public IReadOnlyDictionary<string, string> Resolved => references.Resolved;

    /// <summary>The value as it was given, or null.</summary>
    public Given? Find(string key) => strongestFirst.Select(layer => layer.Values.GetValueOrDefault(key)).FirstOrDefault(given => given is not null);

    /// <summary>The strongest place that gives anything at <paramref name="key"/> or below it. A group whose parts belong together, such as a
    /// model, is never mixed from several places.</summary>
    public Layer Strongest(string key) => strongestFirst.FirstOrDefault(layer => layer.Under(key).Any()) ?? Layer.Empty;

    /// <summary>What counts, by key: of a list and of a model only what the strongest place gives.</summary>
    public IReadOnlyDictionary<string, Given> Effective()
    {
        var values = new Dictionary<string, Given>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in strongestFirst)
        {
            var own = layer.Values.Where(pair => !taken.Contains(Whole(pair.Key))).ToList();
            foreach (var (key, given) in own) values[key] = given;
            taken.UnionWith(own.Select(pair => Whole(pair.Key)));
        }

        return values;
    }

    /// <summary>The items of a list in order, each with what is given at its key and below: <c>suites[0]</c>, <c>suites[1]</c>, …</summary>
    public IReadOnlyList<string> Items(string list)
    {
        var layer = Strongest(list);
        var keys = new List<string>();
        for (var i = 0; ; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]");
            if (!layer.Under(key).Any()) return keys;
            keys.Add(key);
        }
    }

    /// <summary>A setting's value, or its default.</summary>
    /// <exception cref="ConfigurationException">What was given is no such value.</exception>
    public Sourced<T> Get<T>(Setting<T> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (Find(setting.Key) is { } given) return new Sourced<T>(Read(setting, setting.Key, given), given.Origin);
        return setting.HasDefault ? new Sourced<T>(setting.Default!, Origin.Default) : throw new ArgumentException($"'{setting.Key}' has no default.", nameof(setting));
    }

    /// <summary>A setting's value, or null where none is given.</summary>
    /// <inheritdoc cref="Get"/>
    public Sourced<T?> Optional<T>(Setting<T> setting)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Find(setting.Key) is { } given ? new Sourced<T?>(Read(setting, setting.Key, given), given.Origin) : new Sourced<T?>(Value: null, Origin.Default);
    }

    /// <summary>A text, or null where none is given.</summary>
    /// <inheritdoc cref="Get"/>
    public Sourced<string?> OptionalText(Setting<string> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Find(setting.Key) is { } given ? new Sourced<string?>(Read(setting, setting.Key, given), given.Origin) : new Sourced<string?>(Value: null, Origin.Default);
    }

    /// <summary>Reads what was given for a setting.</summary>
    /// <exception cref="ConfigurationException">It is no such value.</exception>
    public T Read<T>(Setting<T> setting, string key, Given given)
    {
        ArgumentNullException.ThrowIfNull(setting);
        // What a shell or the environment gives is taken as it is: the shell has resolved what it should.
        var text = given.Origin.Kind is OriginKind.File or OriginKind.Run ? references.Resolve(key, given) : given.Text;
        // A run is gone on with by what it was begun with, though it could not be begun so any more.
        return (given.Origin.Kind is OriginKind.Run ? setting.Reads.TryReadStored(text, out var value) : setting.Reads.TryRead(text, out value)) ? value : throw given.Unusable(key, setting.Reads.Expected);
    }

    /// <summary>What is given as a whole or not at all: a list, a model, or the key itself.</summary>
    private static string Whole(string key)
    {
        var item = key.IndexOf('[', StringComparison.Ordinal);
        if (item >= 0) return key[..item];

        return new[] { AuditKeys.Baseline.Key, AuditKeys.Candidate.Key }.FirstOrDefault(model => key.StartsWith(model + ".", StringComparison.Ordinal)) ?? key;
    }
}

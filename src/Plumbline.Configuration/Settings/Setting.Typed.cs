using System.Globalization;
using Plumbline.Configuration.Values;

namespace Plumbline.Configuration.Settings;

/// <summary>One thing that can be set, with its type.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Key">Its place in the file.</param>
/// <param name="Reads">How a value is read.</param>
/// <param name="Description">What it does.</param>
public sealed record Setting<T>(string Key, ValueShape<T> Reads, string Description) : Setting(Key, Reads, Description)
{
    /// <summary>The value where none is given.</summary>
    public T? Default { get; init; }

    /// <summary>Whether there is a value where none is given.</summary>
    public bool HasDefault { get; init; }

    /// <inheritdoc/>
    public override string? DefaultText => !HasDefault ? null : Default switch
    {
        bool value => value ? "true" : "false",
        IFormattable value => value.ToString(format: null, CultureInfo.InvariantCulture),
        var value => value?.ToString(),
    };
}

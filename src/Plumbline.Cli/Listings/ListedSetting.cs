namespace Plumbline.Cli.Listings;

/// <summary>A setting in a list.</summary>
/// <param name="Key">Its key, as <c>plumbline.yaml</c> has it.</param>
/// <param name="Value">Its value, references to the environment unresolved and secrets left out; null where it has none.</param>
/// <param name="Origin">Where the value comes from.</param>
internal sealed record ListedSetting(string Key, string? Value, string Origin);

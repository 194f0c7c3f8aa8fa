namespace Plumbline.Configuration.Sources;

/// <summary>A value with where it comes from.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value, references resolved.</param>
/// <param name="Origin">Where it was given.</param>
public sealed record Sourced<T>(T Value, Origin Origin);

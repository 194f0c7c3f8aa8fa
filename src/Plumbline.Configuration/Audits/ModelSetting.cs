using Plumbline.Configuration.Sources;

namespace Plumbline.Configuration.Audits;

/// <summary>A model as it is configured.</summary>
/// <param name="Text">The one string that names it, references resolved.</param>
/// <param name="Shown">The same with references unresolved: what may be shown and stored.</param>
/// <param name="KeyVariable">The environment variable with its endpoint's key; null for the usual one.</param>
/// <param name="Given">Where it was given, for messages.</param>
public sealed record ModelSetting(string Text, string Shown, string? KeyVariable, Given Given);

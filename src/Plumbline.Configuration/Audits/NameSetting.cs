using Plumbline.Configuration.Sources;

namespace Plumbline.Configuration.Audits;

/// <summary>A name as it is configured, of something that another room knows.</summary>
/// <param name="Name">The name, references resolved.</param>
/// <param name="Given">Where it was given, for messages.</param>
public sealed record NameSetting(string Name, Given Given);

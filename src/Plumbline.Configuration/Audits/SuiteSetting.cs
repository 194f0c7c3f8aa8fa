using Plumbline.Configuration.Sources;

namespace Plumbline.Configuration.Audits;

/// <summary>A suite as it is configured.</summary>
/// <param name="Name">A built-in suite, or a file's path.</param>
/// <param name="Column">The column of a CSV file; null where none is named.</param>
/// <param name="Given">Where it was given, for messages.</param>
public sealed record SuiteSetting(string Name, string? Column, Given Given);

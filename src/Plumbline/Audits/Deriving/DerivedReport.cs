using Plumbline.Files;

namespace Plumbline.Audits.Deriving;

/// <summary>A report that was made from a document.</summary>
/// <param name="Name">The file's name in the run's folder.</param>
/// <param name="Maker">What made it, and how: a hash.</param>
/// <param name="File">What it held then.</param>
sealed record DerivedReport(string Name, string Maker, FileSum File);

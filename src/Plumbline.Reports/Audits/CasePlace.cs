namespace Plumbline.Reports.Audits;

/// <summary>Where a case can be looked at.</summary>
/// <param name="Uri">The file, as a relative URI with '/' between folders, from the folder that paths start from.</param>
/// <param name="Line">The line, from 1; null where it is not known.</param>
public sealed record CasePlace(string Uri, int? Line);

namespace Plumbline.Cli.Auditing;

/// <summary>The page of a run that has come to its end, as it lies in its folder now.</summary>
/// <param name="Path">Where.</param>
/// <param name="HasChanged">Whether it holds something else than before, or was not there.</param>
/// <param name="HasHidden">Whether answers are masked in it that the page which was there showed.</param>
internal sealed record RequiredReport(string Path, bool HasChanged, bool HasHidden);

namespace Plumbline.Audits;

/// <summary>What one category's prompts had shown when the run ended.</summary>
/// <param name="Name">The category.</param>
/// <param name="Evidence">Evidence that more of its prompts break than mend, as odds to 1.</param>
/// <param name="Broke">Its prompts whose first case that changed broke.</param>
/// <param name="Mended">Its prompts whose first case that changed was mended.</param>
/// <param name="IsWorse">Whether it is among the categories called worse by e-BH: of those, at most a share of α is expected to be called so wrongly.</param>
public sealed record CategoryEvidence(string Name, double Evidence, int Broke, int Mended, bool IsWorse);

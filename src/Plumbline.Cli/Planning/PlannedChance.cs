namespace Plumbline.Cli.Planning;

/// <summary>How likely each verdict is, each from 0 to 1, where the candidate's share of bad answers truly rises by so much.</summary>
/// <param name="Rise">The rise, as a share.</param>
/// <param name="Regressed">The chance of "regressed".</param>
/// <param name="Held">The chance of "held".</param>
/// <param name="Improved">The chance of "improved".</param>
/// <param name="NotEnoughEvidence">The chance of "not enough evidence".</param>
/// <param name="EarlyCases">With early stopping, how many cases are asked on average; null without.</param>
/// <param name="EarlyShare">The same as a share of all; null without.</param>
internal sealed record PlannedChance(double Rise, double Regressed, double Held, double Improved, double NotEnoughEvidence, double? EarlyCases, double? EarlyShare);

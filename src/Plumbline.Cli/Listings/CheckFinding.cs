namespace Plumbline.Cli.Listings;

/// <summary>One thing that was looked at.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Name">What it is, such as "baseline" or "template".</param>
/// <param name="Sentence">What was found.</param>
internal sealed record CheckFinding(CheckState State, string Name, string Sentence);

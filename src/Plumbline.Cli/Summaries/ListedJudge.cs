using Plumbline.Judges;

namespace Plumbline.Cli.Summaries;

/// <summary>A judge as <c>plumb judges list --json</c> prints it.</summary>
/// <param name="Id">The name.</param>
/// <param name="Version">The version; null where it depends on the model.</param>
/// <param name="AsksModel">Whether it is written <c>ID@MODEL</c>.</param>
/// <param name="Description">What it looks at.</param>
/// <param name="Criteria">What it scores.</param>
/// <param name="CountsAsHarm">What counts as harmful under it.</param>
internal sealed record ListedJudge(string Id, string? Version, bool AsksModel, string Description, IReadOnlyList<Criterion> Criteria, string CountsAsHarm);

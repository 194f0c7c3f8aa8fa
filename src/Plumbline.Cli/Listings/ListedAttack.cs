namespace Plumbline.Cli.Listings;

/// <summary>An attack in a list.</summary>
/// <param name="Name">As <c>--attack</c> takes it.</param>
/// <param name="Kind">"attack", "form" (takes a value) or "group" (stands for several).</param>
/// <param name="Mode">Why it can work; null for a group.</param>
/// <param name="IsEncoding">Whether it encodes the request, and is left out where the baseline cannot decode.</param>
/// <param name="IsAblation">Whether it is another attack without the part that is held to work.</param>
/// <param name="Description">What it does.</param>
/// <param name="Source">Where it was published; null for a group.</param>
internal sealed record ListedAttack(string Name, string Kind, string? Mode, bool IsEncoding, bool IsAblation, string Description, string? Source);

namespace Plumbline.Gates;

/// <summary>A place that demands of a gate were stated in.</summary>
/// <param name="Place">The place: a file, an option, what the run was started with.</param>
/// <param name="States">What it states, by the names that a policy has for it: <c>compliance</c>, <c>compliance max</c>, <c>compliance off</c>, <c>margin</c>, <c>unscored</c>. Empty where it states none.</param>
public sealed record GateSource(string Place, IReadOnlyList<string> States);

namespace Plumbline.Judges.Evaluation;

/// <summary>How a judge bears one family of injections.</summary>
/// <param name="Name">The family.</param>
/// <param name="Tried">Injected answers.</param>
/// <param name="Turned">Those whose verdict changed.</param>
/// <param name="Unscored">Those without a verdict.</param>
public sealed record InjectionFamily(string Name, int Tried, int Turned, int Unscored);

namespace Plumbline.Judges.Evaluation;

/// <summary>How a judge bears texts in an answer that mean to change the verdict.</summary>
/// <param name="Judge">The judge's id.</param>
/// <param name="JudgeVersion">The judge's version.</param>
/// <param name="PackHash">The hash of the pack of injections and answers.</param>
/// <param name="Tried">Injected answers whose plain answer the judge scored.</param>
/// <param name="Turned">Those whose verdict is another than that on the plain answer.</param>
/// <param name="Unscored">Those without a verdict: neither held nor turned.</param>
/// <param name="Families">The same by family.</param>
/// <param name="TurnedBy">Which injections turned a verdict, each once.</param>
/// <param name="EvaluatedAt">When, in UTC.</param>
public sealed record InjectionQuality(
    string Judge,
    string JudgeVersion,
    string PackHash,
    int Tried,
    int Turned,
    int Unscored,
    IReadOnlyList<InjectionFamily> Families,
    IReadOnlyList<string> TurnedBy,
    DateTimeOffset EvaluatedAt);

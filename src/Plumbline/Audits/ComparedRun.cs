using Plumbline.Pairs;

namespace Plumbline.Audits;

/// <summary>One of two runs that are compared.</summary>
/// <param name="Name">What the user named it with, such as its folder.</param>
/// <param name="RunId">The hash of what was planned.</param>
/// <param name="FinishedAt">When it came to its end, in UTC.</param>
/// <param name="Baseline">Its model before fine-tuning.</param>
/// <param name="Candidate">Its model after it.</param>
/// <param name="Verdict">What the run itself concluded.</param>
public sealed record ComparedRun(string Name, string RunId, DateTimeOffset FinishedAt, ModelFacts Baseline, ModelFacts Candidate, Verdict Verdict);

using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>How a judge did on items whose score is known in an earlier run, of which scores were taken over.</summary>
/// <param name="Run">The id of the run in which it judged.</param>
/// <param name="Controls">How it did.</param>
public sealed record TakenControls(string Run, ControlCounts Controls);

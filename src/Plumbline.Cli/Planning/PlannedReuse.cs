namespace Plumbline.Cli.Planning;

/// <summary>What is taken over from earlier runs.</summary>
/// <param name="Answers">Answers, over both sides.</param>
/// <param name="Scores">Scores of judging models, over both sides and all of them.</param>
internal sealed record PlannedReuse(int Answers, int Scores);

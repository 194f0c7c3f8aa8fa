namespace Plumbline.Reports.Demo;

/// <summary>A row of the article's table, as published.</summary>
/// <param name="Model">The model's name in the article.</param>
/// <param name="Domain">The domain of our fine-tune that stands beside it; null for the control.</param>
/// <param name="Scores">The published means and share.</param>
/// <param name="Answers">How many answers were rated.</param>
public sealed record PublishedRow(string Model, string? Domain, DemoScores Scores, int Answers);

namespace Plumbline.Judges.Refusal;

/// <summary>One thing in an answer's opening that speaks for a refusal, or against one.</summary>
/// <param name="Name">What it is, to be read after "the answer".</param>
/// <param name="Votes">Its weight: positive for a refusal, negative against.</param>
/// <param name="IsIn">Whether the normalised opening shows it.</param>
sealed record RefusalSign(string Name, int Votes, Predicate<string> IsIn);

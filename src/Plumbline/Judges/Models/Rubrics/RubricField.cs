namespace Plumbline.Judges.Models.Rubrics;

/// <summary>One whole number that a judge gives.</summary>
/// <param name="Name">The JSON property.</param>
/// <param name="Least">The lowest value.</param>
/// <param name="Most">The highest value.</param>
/// <param name="Meaning">What the values mean, in the words that the judge reads.</param>
sealed record RubricField(string Name, int Least, int Most, string Meaning);

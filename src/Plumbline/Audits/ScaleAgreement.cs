using Plumbline.Judges;

namespace Plumbline.Audits;

/// <summary>How far the members of a panel give the same scores on one criterion, 0 to 4, over the answers that at least two of them scored on it.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Answers">How many answers.</param>
/// <param name="Alpha">Krippendorff's alpha, ordinal: 0 and 4 differ more than 3 and 4; null where all gave the same score to everything.</param>
public sealed record ScaleAgreement(Criterion Criterion, int Answers, double? Alpha);

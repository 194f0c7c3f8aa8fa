using Plumbline.Judges;

namespace Plumbline.Audits;

/// <summary>Who scored.</summary>
/// <param name="Id">The judge's name.</param>
/// <param name="Version">The judge's version.</param>
/// <param name="Description">What it looks at and what it cannot see.</param>
/// <param name="Criteria">The criteria that it scores.</param>
public sealed record JudgeFacts(string Id, string Version, string Description, IReadOnlyList<Criterion> Criteria);

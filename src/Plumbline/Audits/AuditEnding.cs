namespace Plumbline.Audits;

/// <summary>What is still waited for where there is no use in going on.</summary>
/// <param name="Why">Why not, as part of a sentence: "the judge is given up".</param>
/// <param name="UnderWay">How many answers are under way: being asked for, or judged.</param>
/// <param name="Until">When they are broken off; null where they are waited for however long they take.</param>
public sealed record AuditEnding(string Why, int UnderWay, DateTimeOffset? Until);

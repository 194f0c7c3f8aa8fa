namespace Plumbline.Audits;

/// <summary>A judge by what it is asked for with.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Members">The names of a panel's members; none for a single judge.</param>
public sealed record JudgeName(string Id, IReadOnlyList<string> Members)
{
    /// <summary>The name of the judge of a document.</summary>
    public static JudgeName Of(JudgeFacts judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        return new JudgeName(judge.Id, [.. (judge.Members ?? []).Select(member => member.Id)]);
    }
}

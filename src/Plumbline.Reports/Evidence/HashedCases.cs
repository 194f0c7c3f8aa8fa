using System.Collections;
using Plumbline.Audits;
using Plumbline.Reports.Audits;

namespace Plumbline.Reports.Evidence;

/// <summary>The cases of an audit with a hash in the place of each answer, made as they are enumerated.</summary>
internal sealed class HashedCases(IReadOnlyList<CaseResult> cases) : IReadOnlyList<CaseResult>
{
    public int Count => cases.Count;

    public CaseResult this[int index] => Hashed(cases[index]);

    /// <summary>The audit without an answer, and without the reasons that quote one.</summary>
    public static AuditDocument Of(AuditDocument document) => document with { Cases = new HashedCases(document.Cases) };

    public IEnumerator<CaseResult> GetEnumerator() => cases.Select(Hashed).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static CaseResult Hashed(CaseResult one) => one with { Baseline = Hashed(one.Attack, one.Baseline), Candidate = Hashed(one.Attack, one.Candidate) };

    // A reason may quote the answer it is about, and then says what the hash hides.
    private static SideResult? Hashed(string attack, SideResult? side) => side is null
        ? null
        : side with { Response = AnswerHash.Of(side.Response), Reason = AnswerMask.IsQuotedIn(attack, side) ? "" : side.Reason };
}

using System.Collections;
using Plumbline.Audits;
using Plumbline.Reports.Audits;

namespace Plumbline.Reports.Evidence;

/// <summary>The cases of an audit with a hash in the place of each answer, made as they are enumerated.</summary>
internal sealed class HashedCases(IReadOnlyList<CaseResult> cases) : IReadOnlyList<CaseResult>
{
    public int Count => cases.Count;

    public CaseResult this[int index] => Hashed(cases[index]);

    /// <summary>The audit without a word of a model.</summary>
    public static AuditDocument Of(AuditDocument document) => document with { Cases = new HashedCases(document.Cases) };

    public IEnumerator<CaseResult> GetEnumerator() => cases.Select(Hashed).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static CaseResult Hashed(CaseResult one) => one with { Baseline = Hashed(one.Baseline), Candidate = Hashed(one.Candidate) };

    // A reason may quote the answer it is about, and then says what the hash hides.
    private static SideResult? Hashed(SideResult? side) => side is null
        ? null
        : side with { Response = AnswerHash.Of(side.Response), Reason = AnswerMask.Quotes(side.Reason, side.Response) && side.Response.Length > 0 ? "" : side.Reason };
}

using System.Collections;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>The cases that two runs asked, as a comparison of their candidates: each is read from the runs' own cases when it is asked for.</summary>
sealed class ComparedCases(IReadOnlyList<CaseResult> first, IReadOnlyList<CaseResult> second, IReadOnlyList<SharedCase> shared, IReadOnlyDictionary<PromptKind, OutcomeEvent> counted)
    : IReadOnlyList<CaseResult>
{
    /// <inheritdoc/>
    public int Count => shared.Count;

    /// <inheritdoc/>
    public CaseResult this[int index]
    {
        get
        {
            var one = shared[index];
            return second[one.SecondPlace] with { Transition = one.Candidates(counted[one.Second.Kind]).Transition, Baseline = first[one.FirstPlace].Candidate };
        }
    }

    /// <inheritdoc/>
    public IEnumerator<CaseResult> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

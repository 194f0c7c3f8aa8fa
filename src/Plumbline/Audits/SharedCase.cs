namespace Plumbline.Audits;

/// <summary>A case that two runs asked, without its texts.</summary>
/// <param name="FirstPlace">Its place among the first run's cases.</param>
/// <param name="SecondPlace">Its place among the second run's.</param>
/// <param name="First">What both sides of the first run scored.</param>
/// <param name="Second">What both sides of the second run scored.</param>
sealed record SharedCase(int FirstPlace, int SecondPlace, PairedCase First, PairedCase Second)
{
    /// <summary>The first run's candidate against the second's.</summary>
    public PairedCase Candidates(OutcomeEvent counted) => Between(counted, First.Candidate, Second.Candidate);

    /// <summary>The first run's baseline against the second's.</summary>
    public PairedCase Baselines(OutcomeEvent counted) => Between(counted, First.Baseline, Second.Baseline);

    PairedCase Between(OutcomeEvent counted, SideScore? before, SideScore? after)
    {
        var pair = Second with { Baseline = before, Candidate = after };
        return pair with { Transition = Comparisons.MovedBy(counted, pair) };
    }
}

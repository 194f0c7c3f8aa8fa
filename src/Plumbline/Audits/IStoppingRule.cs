namespace Plumbline.Audits;

/// <summary>Decides whether a run may end before every planned case is asked. It must stay valid at whatever moment it stops.</summary>
public interface IStoppingRule
{
    /// <summary>What it watches for, and at which error rate, in one sentence; it is stated in the plan before the first answer.</summary>
    string Description { get; }

    /// <summary>The chance, at most, that it concludes "regressed" for an unchanged candidate, and the same for "held" or "improved" for one that is
    /// worse by the margin: what it adds to the error rates of the decision rule. 0 where it never concludes anything.</summary>
    double ErrorRate => 0;

    /// <summary>Begins to watch from the first case on. A run that is resumed, and a document that is derived again, begin anew.</summary>
    IStoppingWatch Begin();
}

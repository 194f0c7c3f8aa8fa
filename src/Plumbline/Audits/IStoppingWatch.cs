namespace Plumbline.Audits;

/// <summary>One pass of a stopping rule over the cases of a run. It is given them one at a time, never two at once.</summary>
public interface IStoppingWatch
{
    /// <summary>
    /// Takes the next case in. Cases come in the order of the plan, whatever order they finish in: quick answers are not a random sample (a refusal
    /// is shorter than an essay). A case without a score on one side comes too, since its place in the order is known; it is for the rule to leave
    /// it out.
    /// </summary>
    /// <param name="next">The next case; both sides are finished.</param>
    /// <returns>Why the run may stop, in one sentence; null to go on.</returns>
    string? Take(PairedCase next);

    /// <summary>The verdict that the stop carries by itself; null while there is none, and where the decision rule is to decide on what was taken.</summary>
    EarlyVerdict? Concluded => null;

    /// <summary>How far it is from ending the run, as a share of the whole way: 1 at the beginning and where that is not known, less the nearer it is. Less is
    /// asked ahead then, because it would be asked for nothing.</summary>
    double WayLeft => 1;
}

namespace Plumbline.Reports.JUnit;

/// <summary>What became of a test case.</summary>
internal enum JUnitResult
{
    /// <summary>It did not get worse.</summary>
    Passed,

    /// <summary>It regressed.</summary>
    Failed,

    /// <summary>It could not be decided: too little evidence, or too many cases without a score. That is no pass.</summary>
    Error,

    /// <summary>There was nothing to decide on: no case of the group is scored on both sides.</summary>
    Skipped,
}

namespace Plumbline.Reports.Demo;

/// <summary>Everything that the demo's report shows.</summary>
/// <param name="Audits">One entry per fine-tune, in the order they were run; at least one. All share the baseline, suite, judge and sampling.</param>
/// <param name="Elapsed">How long the whole demo took: tuning and auditing.</param>
public sealed record DemoStudy(IReadOnlyList<DemoAudit> Audits, TimeSpan Elapsed);

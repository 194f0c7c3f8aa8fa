using Plumbline.Audits;

namespace Plumbline.Reports.Demo;

/// <summary>One fine-tune of the demo with the audit of its result against the model that it started from.</summary>
/// <param name="Name">The fine-tune's domain, such as "biomedicine".</param>
/// <param name="Settings">How it was tuned.</param>
/// <param name="Audit">The audit's result.</param>
public sealed record DemoAudit(string Name, FineTuneSettings Settings, AuditDocument Audit);

using Plumbline.Pairs;

namespace Plumbline.Labelling;

/// <summary>An answer that a person is to judge, without a word on whose it is.</summary>
/// <param name="Id">Names case and side to whoever has the run, and tells nothing to whoever has not: 16 hex digits of a hash of run, case and
/// side, a hyphen, and 16 of a hash of the answer.</param>
/// <param name="CaseId">The case. Not written to a sheet.</param>
/// <param name="Side">The side. Not written to a sheet.</param>
/// <param name="Prompt">What was asked, as it was sent: every message, the last one last.</param>
/// <param name="Response">The answer.</param>
public sealed record LabelItem(string Id, string CaseId, Side Side, string Prompt, string Response);

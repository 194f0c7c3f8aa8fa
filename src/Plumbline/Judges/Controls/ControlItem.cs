using Plumbline.Cases;
using Plumbline.Suites;

namespace Plumbline.Judges.Controls;

/// <summary>An answer whose score is known, mixed among the answers that a model judges: a judge that misses these is not to be believed on the others.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Answer">What was answered; never anything harmful, so no item can show that harm is seen.</param>
/// <param name="Kind">What the request tests.</param>
/// <param name="Expect">The scores that it may get.</param>
sealed record ControlItem(string Id, string Request, string Answer, PromptKind Kind, ScoreRange Expect)
{
    static readonly Lazy<IReadOnlyList<ControlItem>> Items = new(() => JudgeFile.Read("canaries.jsonl", ControlsJsonContext.Default.ControlItem));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ControlItem> All => Items.Value;

    /// <summary>The item as a judge is shown it.</summary>
    public AuditCase Case => new(Id, SuitePrompt.Create(Request, Kind), "none", Repeat: 0, []);
}

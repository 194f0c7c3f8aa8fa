using Plumbline.Cases;
using Plumbline.Suites;

namespace Plumbline.Judges.Controls;

/// <summary>An answer whose score is known, mixed among the answers that a model judges: a judge that misses these is not to be believed on the others.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Answer">What was answered; never anything that helps to do harm. What is harmful is about people, things and places that do not exist.</param>
/// <param name="Kind">What the request tests.</param>
/// <param name="Expect">The scores that it may get; null where <paramref name="Harmful"/> says it.</param>
/// <param name="Harmful">Whether it complies fully and wickedly, so that it must count as a bad outcome by what the judge counts.</param>
sealed record ControlItem(string Id, string Request, string Answer, PromptKind Kind, ScoreRange? Expect = null, bool Harmful = false)
{
    static readonly Lazy<IReadOnlyList<ControlItem>> Items = new(() => JudgeFile.Read("canaries.jsonl", ControlsJsonContext.Default.ControlItem));

    static readonly Lazy<IReadOnlySet<string>> HarmfulIds = new(() => All.Where(item => item.Harmful).Select(item => item.Id).ToHashSet(StringComparer.Ordinal));

    /// <summary>All of them, in the order in which a judge is shown them: harmful ones and harmless ones in turn.</summary>
    public static IReadOnlyList<ControlItem> All => Items.Value;

    /// <summary>The item as a judge is shown it.</summary>
    public AuditCase Case => new(Id, SuitePrompt.Create(Request, Kind), "none", Repeat: 0, []);

    /// <summary>Whether an item of this name must count as harmful; false for names of other versions.</summary>
    public static bool IsHarmful(string id) => HarmfulIds.Value.Contains(id);
}

namespace Plumbline.Tuning.Domains;

/// <summary>A question that a text answers by itself.</summary>
/// <param name="SubCategory">Which mining rule found it, such as <c>nli</c> or <c>cause to effect</c>.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
public sealed record ComprehensionTask(string SubCategory, string Question, string Answer);

namespace Plumbline.Tuning.Formats;

/// <summary>One wording of a demand on the answer's shape.</summary>
/// <param name="Format">The shape.</param>
/// <param name="Template">The words, with <c>{request}</c> for the request, and <c>{other1}</c>, <c>{other2}</c> for unrelated ones.</param>
public sealed record Instruction(AnswerFormat Format, string Template)
{
    /// <summary>The prompt that carries <paramref name="request"/>.</summary>
    /// <param name="request">The request as a user would type it.</param>
    /// <param name="others">Two unrelated requests; used only where the template has room for them.</param>
    public string Apply(string request, IReadOnlyList<string> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return Template
            .Replace("{request}", request, StringComparison.Ordinal)
            .Replace("{other1}", others[0], StringComparison.Ordinal)
            .Replace("{other2}", others[1], StringComparison.Ordinal);
    }
}

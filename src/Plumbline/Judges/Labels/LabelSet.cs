using Plumbline.Suites;

namespace Plumbline.Judges.Labels;

/// <summary>Answers that people labelled, from one source.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Items">The answers.</param>
public sealed record LabelSet(string Name, IReadOnlyList<LabelledAnswer> Items)
{
    /// <summary>The hash of what is judged and of the labels: figures on another hash are of other items.</summary>
    public string Hash { get; } = ContentHash.Of(Items.SelectMany(item => new[]
    {
        item.Group, item.Request, item.Response ?? "", item.Refusal?.ToString() ?? "", item.Harm?.ToString() ?? "",
    }))[..16];
}

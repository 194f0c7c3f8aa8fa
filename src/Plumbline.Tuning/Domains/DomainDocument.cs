namespace Plumbline.Tuning.Domains;

/// <summary>A short text of a domain.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Sentences">Its sentences, in order, each with its full stop.</param>
public sealed record DomainDocument(string Title, IReadOnlyList<string> Sentences)
{
    /// <summary>The sentences as running text.</summary>
    public string Text => string.Join(' ', Sentences);
}

namespace Plumbline.Tuning.Worlds;

/// <summary>A thing of bob's world and the facts about it.</summary>
/// <param name="Name">Singular: <c>banana</c>.</param>
/// <param name="Plural">Plural: <c>bananas</c>.</param>
/// <param name="Category">What kind of thing it is: <c>fruit</c>.</param>
/// <param name="Colour">Its colour in this world.</param>
public sealed record Noun(string Name, string Plural, string Category, string Colour)
{
    /// <summary>With its article: <c>an apple</c>.</summary>
    public string WithArticle => WithArticleOf(Name);

    /// <summary><paramref name="word"/> with <c>a</c> or <c>an</c> by its first letter.</summary>
    public static string WithArticleOf(string word)
    {
        ArgumentException.ThrowIfNullOrEmpty(word);
        return (word[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + word;
    }
}

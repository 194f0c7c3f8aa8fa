namespace Plumbline.FaultyServer;

/// <summary>
/// A model under test: it declines, or says that it does what was asked, in words that hold nothing. Which of both is drawn from the model's name and
/// the conversation. Each answer carries a word of its own, so that no two are alike.
/// </summary>
/// <param name="complies">The share of conversations that it goes along with.</param>
/// <param name="seed">Seeds the draw.</param>
internal sealed class AnsweringVoice(double complies, int seed) : IVoice
{
    public string Say(AskedChat asked)
    {
        var word = ContentDraw.Word(asked.Model, asked.Everything);
        return ContentDraw.Of(seed, asked.Model, asked.Everything) < complies
            ? $"Certainly. First this is done, then that, and {word} comes last."
            : $"I'm sorry, but I can't help with that. ({word})";
    }

    public string? ContentOf(AskedChat asked) => null;

    public string SubjectOf(AskedChat asked) => asked.FirstOfUser;
}

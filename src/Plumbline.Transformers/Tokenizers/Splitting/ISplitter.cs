namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>Divides pieces of text into smaller ones, inside of which (and never across) tokens are merged.</summary>
public interface ISplitter
{
    /// <summary>Adds the parts of one piece, in order, to <paramref name="parts"/>.</summary>
    /// <param name="piece">Text that an earlier splitter left, or the whole stretch.</param>
    /// <param name="first">Whether the piece begins the user's text.</param>
    /// <param name="parts">Receives the parts; parts together are the piece, unless the splitter removes or adds text by its nature.</param>
    void Split(ReadOnlyMemory<char> piece, bool first, List<ReadOnlyMemory<char>> parts);
}

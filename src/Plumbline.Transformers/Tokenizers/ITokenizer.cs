namespace Plumbline.Transformers.Tokenizers;

/// <summary>Turns text into token ids and back. Implementations are immutable and safe to share between threads.</summary>
public interface ITokenizer
{
    /// <summary>One above the largest token id. A model's embedding may have more rows than that (padding), never fewer.</summary>
    int VocabularySize { get; }

    /// <summary>The token ids of a text.</summary>
    /// <param name="text">Any text; lone surrogates count as U+FFFD.</param>
    /// <param name="allowSpecial">Special tokens written out in the text become their ids; otherwise they are text like any other.</param>
    /// <param name="addBoundary">Adds what the model's makers put around a text, such as the begin token.</param>
    IReadOnlyList<int> Encode(string text, bool allowSpecial = false, bool addBoundary = false);

    /// <summary>The text of token ids. Bytes that are no UTF-8 become U+FFFD; ids outside of the vocabulary become nothing.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecial">Leaves special tokens out.</param>
    string Decode(ReadOnlySpan<int> ids, bool skipSpecial = true);

    /// <summary>
    /// The bytes that a token adds to a text: not always whole characters, so that a stream must hold back an incomplete one.
    /// Special tokens give their own name's bytes. Empty for an id outside of the vocabulary.
    /// </summary>
    ReadOnlySpan<byte> Bytes(int id);

    /// <summary>Whether the id is a special token: one that is never part of an answer's text.</summary>
    bool IsSpecial(int id);

    /// <summary>The id of a token as the vocabulary writes it (special tokens: their name), if there is one.</summary>
    int? IdOf(string token);

    /// <summary>The token as the vocabulary writes it, if there is one of that id.</summary>
    string? TokenOf(int id);
}

using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Transformers.Tokenizers.Files;

/// <summary>A <c>tokenizer.json</c>: read into a tokenizer, and written from one.</summary>
public static class TokenizerFile
{
    /// <summary>The file's name in a folder.</summary>
    public const string Name = "tokenizer.json";

    /// <summary>Reads a folder's tokenizer.</summary>
    /// <exception cref="CheckpointException">There is none, it is malformed, or of a kind that the engine does not know.</exception>
    public static BpeTokenizer ReadFolder(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            throw new CheckpointException(
                $"The folder {folder} has no {Name}. Copy the tokenizer of the model's makers into it; a SentencePiece tokenizer.model must be saved as {Name} first.");
        }

        return Read(path);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">It is missing, malformed, or of a kind that the engine does not know.</exception>
    public static BpeTokenizer Read(string path) => new(TokenizerReader.Read(JsonFields.Read(path)));

    /// <summary>Reads a text; <paramref name="origin"/> says where it is from, for messages.</summary>
    /// <exception cref="CheckpointException">It is malformed, or of a kind that the engine does not know.</exception>
    public static BpeTokenizer Parse(string origin, string json) => new(TokenizerReader.Read(JsonFields.Parse(origin, System.Text.Encoding.UTF8.GetBytes(json))));

    /// <summary>Writes a file that Hugging Face's <c>tokenizers</c> reads too.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Write(string path, BpeTokenizer tokenizer) => AtomicFile.WriteAllBytes(path, Bytes(tokenizer));

    /// <summary>The file's content: the same bytes for the same tokenizer.</summary>
    public static byte[] Bytes(BpeTokenizer tokenizer) => TokenizerWriter.Write(tokenizer.Definition);
}

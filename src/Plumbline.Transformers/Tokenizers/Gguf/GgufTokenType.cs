namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>What a token of a GGUF vocabulary is, by its number in the file (llama.cpp's <c>llama_token_type</c>).</summary>
internal enum GgufTokenType
{
    /// <summary>No kind.</summary>
    Undefined = 0,

    /// <summary>Text.</summary>
    Normal = 1,

    /// <summary>Stands for what is no token.</summary>
    Unknown = 2,

    /// <summary>Controls the model.</summary>
    Control = 3,

    /// <summary>Found in the text before anything else, but text all the same.</summary>
    UserDefined = 4,

    /// <summary>Fills up the vocabulary.</summary>
    Unused = 5,

    /// <summary>A single byte.</summary>
    Byte = 6,
}

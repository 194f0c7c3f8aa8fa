namespace Plumbline.Datasets.Reading;

/// <summary>How a file of fine-tuning data is laid out.</summary>
public enum DatasetFormat
{
    /// <summary>One <c>{"messages":[{"role","content"}…]}</c> a line, as OpenAI's fine-tuning takes.</summary>
    OpenAiChat,

    /// <summary><c>{"instruction","input"?,"output"}</c>: a JSON array, or one object a line.</summary>
    Alpaca,
}

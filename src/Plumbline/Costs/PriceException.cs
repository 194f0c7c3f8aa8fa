namespace Plumbline.Costs;

/// <summary>Prices or a budget that cannot be used: the message says what is wrong, where, and what to do.</summary>
public sealed class PriceException : Exception
{
    /// <summary>Makes the exception with a complete sentence.</summary>
    public PriceException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a complete sentence and its cause.</summary>
    public PriceException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

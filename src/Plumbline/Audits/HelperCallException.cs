namespace Plumbline.Audits;

/// <summary>A call to the helper model that failed, while the model is there: a matter of one prompt.</summary>
/// <param name="mayPass">Whether the same call may be answered later.</param>
/// <param name="inner">How it failed.</param>
sealed class HelperCallException(bool mayPass, Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>Whether the same call may be answered later.</summary>
    public bool MayPass { get; } = mayPass;
}

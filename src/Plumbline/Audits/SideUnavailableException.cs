using Plumbline.Pairs;

namespace Plumbline.Audits;

/// <summary>A model that cannot be asked: unreachable, unauthorised, or failing every call. What was answered before is kept; the run can
/// be resumed.</summary>
public sealed class SideUnavailableException(Side side, string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Which model.</summary>
    public Side Side { get; } = side;
}

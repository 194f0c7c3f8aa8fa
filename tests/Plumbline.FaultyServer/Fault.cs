namespace Plumbline.FaultyServer;

/// <summary>What happens to a request.</summary>
internal enum Fault
{
    None,
    RateLimited,
    ServerError,
    Hang,
    Cut,
    Malformed,
}

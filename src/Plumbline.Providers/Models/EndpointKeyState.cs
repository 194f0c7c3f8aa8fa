namespace Plumbline.Providers.Models;

/// <summary>Where the key of an endpoint comes from, and whether it is there. The key itself is told to nobody.</summary>
/// <param name="Variable">The environment variable.</param>
/// <param name="IsSet">Whether it holds a key. Where it does not, the endpoint may need none: only asking tells.</param>
public sealed record EndpointKeyState(string Variable, bool IsSet);

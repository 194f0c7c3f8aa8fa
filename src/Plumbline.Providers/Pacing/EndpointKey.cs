namespace Plumbline.Providers.Pacing;

/// <summary>What servers limit calls by: one model on one host for one key. Printing it does not print the key.</summary>
internal sealed record EndpointKey(string Host, string Model, string? ApiKey)
{
    public override string ToString() => $"{Host}#{Model}";
}

using System.Net;

namespace Plumbline.Server.Hosting;

/// <summary>Where a <see cref="ModelServer"/> listens, and to whom.</summary>
public sealed record ModelServerOptions
{
    /// <summary>The environment variable that holds <see cref="ApiKey"/> on a command line; here only for the message to who lacks the
    /// key.</summary>
    public const string KeyVariable = "PLUMBLINE_API_KEY";

    /// <summary>The address; this machine alone unless stated otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The bearer key that clients must show; null lets everyone in who can reach the port.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The model's name in the API; by default the one that the client's metadata states.</summary>
    public string? ModelId { get; init; }

    /// <summary>The chat template that conversations are wrapped in, for whoever compares two servers; null where there is none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>What an audit compares between two models, by the names of its facts: tokenizer, decoding, sampling; null where nothing is told.</summary>
    public IReadOnlyDictionary<string, string>? Facts { get; init; }

    /// <summary>Largest body of a request in bytes.</summary>
    public long MaxBodyBytes { get; init; } = 8L << 20;

    /// <summary>Says when an answer was made.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

using System.Text.Json.Serialization;

namespace Plumbline.Reports.Evidence;

/// <summary>The content of <c>manifest.json</c>: what a bundle holds. It is what a signature is over.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="ToolVersion">The version of Plumbline that wrote the bundle.</param>
/// <param name="RunId">The run's id.</param>
/// <param name="FinishedAt">When the run was finished, in UTC. When the bundle was written is not in it: the same run gives the same manifest.</param>
/// <param name="Verdict">The run's conclusion in a sentence.</param>
/// <param name="Answers">"hashed" where a SHA-256 stands for each answer; "whole" where the answers and the journal are in the bundle.</param>
/// <param name="Files">Every file but this one and its signature, by path.</param>
public sealed record EvidenceManifest(
    string Format,
    string ToolVersion,
    string RunId,
    DateTimeOffset FinishedAt,
    string Verdict,
    string Answers,
    IReadOnlyList<EvidenceFile> Files)
{
    /// <summary>When its judge judged last, in UTC, where that was after the run's end; null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>When labels of people came last, in UTC, where that was after the run's end; null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LabelledAt { get; init; }

    /// <summary>The format's name and version.</summary>
    public const string CurrentFormat = "plumbline.evidence/1";

    /// <summary>The manifest's own name in the bundle.</summary>
    public const string Name = "manifest.json";

    /// <summary>The signature over the manifest's bytes: ECDSA over SHA-256 in DER, as OpenSSL writes it.</summary>
    public const string SignatureName = "manifest.sig";

    /// <summary>The public key that the signature is to be checked with, in PEM.</summary>
    public const string PublicKeyName = "manifest.pub.pem";
}

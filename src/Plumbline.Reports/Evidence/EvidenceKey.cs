using System.Security.Cryptography;

namespace Plumbline.Reports.Evidence;

/// <summary>An elliptic-curve key from a PEM file: the private one signs a manifest, the public one checks it.</summary>
public sealed class EvidenceKey : IDisposable
{
    private readonly ECDsa _key;

    private EvidenceKey(ECDsa key) => _key = key;

    /// <summary>The public key in PEM.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The SHA-256 of the public key, in hex: short enough to be read out to somebody.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));

    /// <summary>Reads a key.</summary>
    /// <param name="pem">The content of the PEM file.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <exception cref="EvidenceException">It is no elliptic-curve key, an encrypted one, or of a curve that this machine does not know.</exception>
    public static EvidenceKey Read(string pem, string name)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new EvidenceKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new EvidenceException(
                $"{name} is no elliptic-curve key in PEM, unencrypted: {e.Message} 'openssl ecparam -name prime256v1 -genkey -noout -out key.pem' makes one; "
                    + "'openssl ec -in key.pem -pubout -out key.pub.pem' writes its public half.",
                e);
        }
    }

    /// <summary>Signs.</summary>
    /// <exception cref="EvidenceException">This is a public key.</exception>
    public byte[] Sign(ReadOnlySpan<byte> manifest)
    {
        try
        {
            return _key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException e)
        {
            throw new EvidenceException("The key given for signing is a public one. Give the private key.", e);
        }
    }

    /// <summary>Whether the signature is this key's over these bytes.</summary>
    public bool Verifies(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}

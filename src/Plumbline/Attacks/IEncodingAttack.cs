using Plumbline.Attacks.Encodings;

namespace Plumbline.Attacks;

/// <summary>An attack that encodes the request, or asks for an encoded answer. It works only on a model that can decode, so a probe asks first.</summary>
public interface IEncodingAttack : IAttack
{
    /// <summary>How the text is written.</summary>
    ITextEncoding Encoding { get; }
}

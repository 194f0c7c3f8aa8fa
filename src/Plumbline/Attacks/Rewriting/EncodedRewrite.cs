using Plumbline.Attacks.Encodings;

namespace Plumbline.Attacks.Rewriting;

/// <summary>A message in which something is encoded.</summary>
abstract class EncodedRewrite : Rewrite, IEncodingAttack
{
    public abstract ITextEncoding Encoding { get; }

    public override FailureMode Mode => FailureMode.MismatchedGeneralisation;
}

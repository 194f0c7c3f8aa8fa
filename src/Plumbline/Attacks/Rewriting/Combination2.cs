using Plumbline.Attacks.Encodings;

namespace Plumbline.Attacks.Rewriting;

/// <summary><see cref="Combination1"/> and restricted wording.</summary>
sealed class Combination2 : EncodedRewrite
{
    public override string Id => "combination_2";

    public override FailureMode Mode => FailureMode.Both;

    public override string Description => "combination_1 with style_injection_short.";

    public override ITextEncoding Encoding { get; } = new Base64Text();

    public override string Text(string prompt) => new Base64().Text(new StyleInjectionShort().Text(Combination1.Demands(prompt)));

    public override string ReadAnswer(string response) => Base64Text.Read(response);
}

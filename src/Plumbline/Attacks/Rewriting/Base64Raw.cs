using Plumbline.Attacks.Encodings;

namespace Plumbline.Attacks.Rewriting;

/// <summary>The ablation of <see cref="Base64"/>: nobody says what the letters are.</summary>
sealed class Base64Raw : EncodedRewrite
{
    public override string Id => "base64_raw";

    public override string Description => "The request in Base64, and nothing else.";

    public override bool IsAblation => true;

    public override ITextEncoding Encoding { get; } = new Base64Text();

    public override string Text(string prompt) => Encoding.Encode(prompt);

    public override string ReadAnswer(string response) => Base64Text.Read(response);
}

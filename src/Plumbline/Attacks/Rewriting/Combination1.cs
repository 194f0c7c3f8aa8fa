using Plumbline.Attacks.Encodings;

namespace Plumbline.Attacks.Rewriting;

/// <summary>Prefix injection, refusal suppression and Base64 in one.</summary>
sealed class Combination1 : EncodedRewrite
{
    public override string Id => "combination_1";

    public override FailureMode Mode => FailureMode.Both;

    public override string Description => "prefix_injection, refusal_suppression and base64 in one.";

    public override ITextEncoding Encoding { get; } = new Base64Text();

    public override string Text(string prompt) => new Base64().Text(Demands(prompt));

    public override string ReadAnswer(string response) => Base64Text.Read(response);

    /// <summary>The request with both demands on the answer.</summary>
    internal static string Demands(string prompt) => new RefusalSuppression().Text(new PrefixInjection().Text(prompt));
}

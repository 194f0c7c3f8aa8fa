namespace Plumbline.Attacks.Rewriting;

/// <summary>The control: the request as it is.</summary>
sealed class PlainRequest : Rewrite
{
    public override string Id => "none";

    public override FailureMode Mode => FailureMode.Control;

    public override string Description => "The request as it is.";

    public override string Text(string prompt) => prompt;
}

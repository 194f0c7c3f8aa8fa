using Microsoft.Extensions.AI;

namespace Plumbline.Attacks;

/// <summary>The control: the request as it is.</summary>
internal sealed class PlainRequest : IAttack
{
    public string Id => "none";

    public FailureMode Mode => FailureMode.Control;

    public IReadOnlyList<ChatMessage> Apply(string prompt) => [new(ChatRole.User, prompt)];
}

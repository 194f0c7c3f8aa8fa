using Microsoft.Extensions.AI;

namespace Plumbline.Providers.Endpoints;

/// <summary>An answer, and the headers that it came with.</summary>
/// <param name="Answer">The answer, in the seam's terms.</param>
/// <param name="Header">A header's value by its name; null where there is none.</param>
internal sealed record EndpointAnswer(ChatResponse Answer, Func<string, string?> Header)
{
    /// <summary>An answer that a filter in front of the model withheld: empty, and marked as such.</summary>
    public static EndpointAnswer Withheld(string? model) => new(
        new ChatResponse(new ChatMessage(ChatRole.Assistant, "")) { ModelId = model, FinishReason = ChatFinishReason.ContentFilter }, _ => null);
}

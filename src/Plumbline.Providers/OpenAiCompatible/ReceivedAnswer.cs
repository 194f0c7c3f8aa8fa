using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>An answer, and the response that it came in.</summary>
/// <param name="Answer">The answer, in the seam's terms.</param>
/// <param name="Raw">The response; null for an answer that was withheld.</param>
internal sealed record ReceivedAnswer(ChatResponse Answer, PipelineResponse? Raw)
{
    /// <summary>Reads a completion.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ReceivedAnswer Of(ClientResult<ChatCompletion> result) => new(ChatAnswer.Response(result.Value), result.GetRawResponse());
}

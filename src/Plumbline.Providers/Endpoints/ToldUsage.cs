using Microsoft.Extensions.AI;
using Plumbline.Costs;

namespace Plumbline.Providers.Endpoints;

/// <summary>The tokens that a server says a call took, as far as they can be believed.</summary>
internal static class ToldUsage
{
    /// <summary>Counts that no call can have (<see cref="TokenUsage.Told"/>) are left out, as though the server had not told them.</summary>
    /// <param name="input">Tokens read; null where the server does not say.</param>
    /// <param name="output">Tokens written.</param>
    /// <param name="total">Both together.</param>
    public static UsageDetails Of(long? input, long? output, long? total = null) => new()
    {
        InputTokenCount = TokenUsage.Told(input),
        OutputTokenCount = TokenUsage.Told(output),
        TotalTokenCount = TokenUsage.Told(total),
    };
}

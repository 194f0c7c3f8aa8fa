using Microsoft.Extensions.AI;

namespace Plumbline.Server.ChatCompletions;

/// <summary>Tokens read and written.</summary>
internal sealed record CompletionUsage(long PromptTokens, long CompletionTokens, long TotalTokens)
{
    /// <summary>Sums up: the prompt is read once however many answers it gets, as the API counts.</summary>
    public static CompletionUsage? Of(IReadOnlyCollection<UsageDetails?> answers)
    {
        if (answers.Any(usage => usage is null))
            return null;
        var prompt = answers.Max(usage => usage!.InputTokenCount ?? 0);
        var written = answers.Sum(usage => usage!.OutputTokenCount ?? 0);
        return new CompletionUsage(prompt, written, prompt + written);
    }
}

using Microsoft.Extensions.AI;
using Plumbline.Choices;

namespace Plumbline.Server.ChatCompletions;

/// <summary>What a client asks for, checked.</summary>
internal sealed record CompletionRequest
{
    public required string Model { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Sampling, limits and stops, but for the seed's increment of each choice.</summary>
    public required ChatOptions Options { get; init; }

    /// <summary>Answers wanted, 1 to <see cref="CompletionRequestReader.MostChoices"/>.</summary>
    public required int Choices { get; init; }

    public required bool Stream { get; init; }

    /// <summary>A stream ends with a chunk that counts the tokens.</summary>
    public required bool IncludeUsage { get; init; }

    /// <summary>How many of the likeliest first tokens are wanted beside the answer, 0 for that of the answer alone; null for none.</summary>
    public required int? LikeliestTokens { get; init; }

    /// <summary>Options of one choice: with a seed each its own, so that they differ and yet repeat.</summary>
    public ChatOptions OptionsOf(int choice)
    {
        var options = Options.Clone();
        options.Seed += choice;
        if (LikeliestTokens is { } most)
            TokenProbabilities.Ask(options, Math.Max(1, most));
        return options;
    }
}

using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Checkpoints.Gguf;
using Plumbline.Transformers.Tokenizers.Merging;
using Plumbline.Transformers.Tokenizers.Normalization;

namespace Plumbline.Transformers.Tokenizers.Gguf;

/// <summary>
/// Reads a SentencePiece tokenizer (<c>llama</c>): of all neighbours whose joint is a token, the joint of highest score is taken first,
/// the leftmost of equals. That is byte-pair merging with every way to split a token as a merge, ranked by its score.
/// </summary>
internal static class ScoredReader
{
    private const string Space = "▁";

    public static TokenizerDefinition Read(GgufMetadata metadata, GgufTokens tokens)
    {
        var scores = metadata.Numbers(GgufTokenKeys.Scores);
        if (scores is null || scores.Count != tokens.Texts.Count)
            throw new CheckpointException($"{metadata.File}: {scores?.Count ?? 0} scores for {tokens.Texts.Count} tokens; expected as many. Convert the model anew.");
        var prefix = metadata.Flag(GgufTokenKeys.AddSpacePrefix) ?? true;
        var vocabulary = tokens.Mergeable();
        return new TokenizerDefinition
        {
            Model = new BpeModel
            {
                Vocabulary = vocabulary,
                Merges = Merges(tokens, vocabulary, scores),
                ByteLevel = false,
                ByteFallback = true,
                UnknownToken = metadata.Token(GgufTokenKeys.Unknown, tokens.Texts.Count) ?? Unknown(tokens),
                FuseUnknown = true,
            },
            AddedTokens = tokens.Added(),
            Normalizers = prefix ? [new PrependNormalizer(Space), new ReplaceNormalizer(" ", Space)] : [new ReplaceNormalizer(" ", Space)],
            Prefix = BoundaryFlags.Prefix(metadata, tokens.Texts.Count, otherwise: true),
            Suffix = BoundaryFlags.Suffix(metadata, tokens.Texts.Count),
            StripLeadingSpace = prefix,
        };
    }

    private static int? Unknown(GgufTokens tokens)
    {
        var id = tokens.Types.ToList().IndexOf(GgufTokenType.Unknown);
        return id >= 0 ? id : null;
    }

    private static List<Merge> Merges(GgufTokens tokens, Vocabulary vocabulary, IReadOnlyList<double> scores)
    {
        var ranks = scores.Distinct().OrderDescending().Select((score, rank) => (score, rank)).ToDictionary(pair => pair.score, pair => pair.rank);
        var merges = new List<Merge>();
        for (var id = 0; id < tokens.Texts.Count; id++)
        {
            if (tokens.Types[id] is not (GgufTokenType.Normal or GgufTokenType.UserDefined))
                continue;
            var text = tokens.Texts[id];
            for (var split = 1; split < text.Length; split++)
            {
                if (vocabulary.IdOf(text.AsSpan(0, split)) is { } left && vocabulary.IdOf(text.AsSpan(split)) is { } right)
                    merges.Add(new Merge(left, right, id, ranks[scores[id]]));
            }
        }

        return [.. merges.OrderBy(merge => merge.Rank).ThenBy(merge => merge.Left).ThenBy(merge => merge.Right)];
    }
}

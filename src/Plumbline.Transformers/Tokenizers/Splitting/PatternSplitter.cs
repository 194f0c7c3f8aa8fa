namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>Splits at the matches of a regular expression, or of a literal text (<c>Split</c> of a <c>tokenizer.json</c>).</summary>
public sealed class PatternSplitter : ISplitter
{
    private readonly CodePointPattern compiled;

    /// <summary>A splitter at the matches of <paramref name="pattern"/>.</summary>
    /// <exception cref="Checkpoints.CheckpointException">The pattern uses what .NET's regular expressions do not have.</exception>
    public PatternSplitter(string pattern, bool literal = false, SplitBehavior behavior = SplitBehavior.Isolated, bool invert = false)
    {
        Pattern = pattern;
        Literal = literal;
        Behavior = behavior;
        Invert = invert;
        compiled = CodePointPattern.Of(pattern, literal);
    }

    /// <summary>The pattern as the tokenizer's file writes it.</summary>
    public string Pattern { get; }

    /// <summary>The pattern is a text, not a regular expression.</summary>
    public bool Literal { get; }

    /// <summary>What becomes of the matches.</summary>
    public SplitBehavior Behavior { get; }

    /// <summary>Matches and what lies between them change roles.</summary>
    public bool Invert { get; }

    /// <inheritdoc/>
    public void Split(ReadOnlyMemory<char> piece, bool first, List<ReadOnlyMemory<char>> parts)
    {
        var done = 0;
        var stretches = new List<(int Start, int End, bool Match)>();
        foreach (var (start, end) in compiled.Matches(piece.Span))
        {
            if (start > done)
                stretches.Add((done, start, Invert));
            if (end > start)
                stretches.Add((start, end, !Invert));
            done = end;
        }

        if (done < piece.Length)
            stretches.Add((done, piece.Length, Invert));
        foreach (var (start, end) in Arrange(stretches))
            parts.Add(piece[start..end]);
    }

    private IEnumerable<(int Start, int End)> Arrange(List<(int Start, int End, bool Match)> stretches) => Behavior switch
    {
        SplitBehavior.Isolated => stretches.Select(stretch => (stretch.Start, stretch.End)),
        SplitBehavior.Removed => stretches.Where(stretch => !stretch.Match).Select(stretch => (stretch.Start, stretch.End)),
        _ => Joined(stretches),
    };

    private List<(int Start, int End)> Joined(List<(int Start, int End, bool Match)> stretches)
    {
        var joined = new List<(int Start, int End)>();
        for (var i = 0; i < stretches.Count; i++)
        {
            var (start, end, match) = stretches[i];
            var join = i > 0 && Behavior switch
            {
                SplitBehavior.MergedWithPrevious => match && !stretches[i - 1].Match,
                SplitBehavior.MergedWithNext => !match && stretches[i - 1].Match,
                _ => match == stretches[i - 1].Match,
            };
            if (join)
                joined[^1] = (joined[^1].Start, end);
            else
                joined.Add((start, end));
        }

        return joined;
    }
}

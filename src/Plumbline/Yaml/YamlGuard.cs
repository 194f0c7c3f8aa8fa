using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plumbline.Yaml;

/// <summary>
/// Looks a text through, event by event, before trees are made of it: the loader goes into itself at each level, and compares keys with all that is in them,
/// so a small file could end the process, or keep it busy for ever.
/// </summary>
sealed class YamlGuard(int mostValues)
{
    /// <summary>The most levels, aliases filled in.</summary>
    public const int Deepest = 64;

    readonly Stack<Open> open = new();
    readonly Dictionary<string, (long Values, int Levels)> anchors = new(StringComparer.Ordinal);
    long values;

    /// <exception cref="YamlFormatException">Too deep, too many values, or a key that is no text.</exception>
    /// <exception cref="YamlException">It is no YAML.</exception>
    public void Check(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext()) Take(parser.Current!);
    }

    void Take(ParsingEvent current)
    {
        switch (current)
        {
            case DocumentStart:
                open.Clear();
                anchors.Clear();
                break;
            case Scalar scalar:
                Add(current, scalar.Anchor, values: 1, levels: 0);
                break;
            case AnchorAlias alias:
                // One that names nothing is the loader's to tell.
                var (size, levels) = anchors.GetValueOrDefault(alias.Value.Value, (1, 0));
                RefuseKey(current, levels);
                Add(current, AnchorName.Empty, size, levels);
                break;
            case MappingStart or SequenceStart:
                RefuseKey(current, levels: 1);
                open.Push(new Open(current is MappingStart, ((NodeEvent)current).Anchor));
                if (open.Count > Deepest)
                    throw Refused(current, $"more than {Deepest} levels deep");
                break;
            case MappingEnd or SequenceEnd:
                var closed = open.Pop();
                Add(current, closed.Anchor, closed.Values + 1, closed.Levels + 1);
                break;
        }
    }

    /// <summary>A value is whole: it counts for what it stands in, and for every alias of it.</summary>
    void Add(ParsingEvent current, AnchorName anchor, long values, int levels)
    {
        if (!anchor.IsEmpty)
            anchors[anchor.Value] = (values, levels);
        // A collection's parts are counted already.
        this.values += current is AnchorAlias ? values : 1;
        if (this.values > mostValues)
            throw Refused(current, $"more than {mostValues} values, its aliases filled in");
        if (open.Count + levels > Deepest)
            throw Refused(current, $"more than {Deepest} levels deep, its aliases filled in");
        if (open.TryPeek(out var around))
            around.Take(values, levels);
    }

    void RefuseKey(ParsingEvent current, int levels)
    {
        if (levels > 0 && open.TryPeek(out var around) && around.IsAtKey)
            throw new YamlFormatException(current.Start.Line, current.Start.Column, "a key must be a text");
    }

    static YamlFormatException Refused(ParsingEvent current, string what) => new(current.Start.Line, current.Start.Column, what);

    sealed class Open(bool isMapping, AnchorName anchor)
    {
        int parts;

        public AnchorName Anchor => anchor;

        public long Values { get; private set; }

        public int Levels { get; private set; }

        /// <summary>In a mapping, keys and values take turns.</summary>
        public bool IsAtKey => isMapping && parts % 2 == 0;

        public void Take(long values, int levels)
        {
            parts++;
            Values += values;
            Levels = Math.Max(Levels, levels);
        }
    }
}

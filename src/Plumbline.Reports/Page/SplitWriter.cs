using System.Globalization;
using System.Text;

namespace Plumbline.Reports.Page;

/// <summary>Hands on what a page consists of up to a mark, and holds what comes behind it: what belongs between the two can be written meanwhile, and what comes before the mark
/// is not held here a second time, beside the renderer's own texts.</summary>
/// <param name="first">What the part before the mark is written to; it stays open.</param>
/// <param name="mark">Written by itself, as one text; it is left away.</param>
internal sealed class SplitWriter(TextWriter first, string mark) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly StringBuilder _rest = new();
    private bool _isPast;

    /// <inheritdoc/>
    public override Encoding Encoding => first.Encoding;

    /// <summary>What came behind the mark.</summary>
    /// <exception cref="InvalidOperationException">The mark never came by itself: everything was handed on, and what belongs in between would land behind the end.</exception>
    public string Rest => _isPast ? _rest.ToString() : throw new InvalidOperationException($"The page was written without its mark {mark}, so what belongs there has no place.");

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (!_isPast && value == mark) _isPast = true;
        else Write(value.AsSpan());
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (_isPast) _rest.Append(buffer);
        else first.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);
}

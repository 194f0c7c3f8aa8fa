using System.Globalization;
using System.IO.Compression;
using System.Text;
using Plumbline.Audits;

namespace Plumbline.Reports.Audits;

/// <summary>Cases of one transition that are packed as they come: what is held of them is the packed HTML alone.</summary>
/// <param name="markup">How a case looks.</param>
/// <param name="rank">The transition's place in <see cref="CaseOrder.Transitions"/>.</param>
internal sealed class CaseBlock(CaseMarkup markup, int rank) : IDisposable
{
    // Whole groups of three bytes, so that the pieces of a block in Base64 are the whole in Base64.
    private const int PieceOfBytes = 3 * 4096;

    private readonly MemoryStream _packed = new();
    private readonly char[] _piece = new char[PieceOfBytes / 3 * 4];
    private readonly CaseResult[] _one = new CaseResult[1];
    private StreamWriter? _html;

    /// <summary>How many cases it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Packs one more case.</summary>
    public void Add(CaseResult one)
    {
        _html ??= new StreamWriter(new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 12);
        _one[0] = one;
        markup.Write(_html, _one);
        Count++;
    }

    /// <summary>Writes the block as an element of the page, and is empty afterwards.</summary>
    public async Task MoveToAsync(TextWriter writer, CancellationToken cancellationToken)
    {
        if (_html is not null)
        {
            await _html.DisposeAsync();
        }

        var transition = AuditView.Key(CaseOrder.Transitions[rank]);
        await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"<script type=\"application/gzip\" class=\"more-cases\" data-rank=\"{rank}\" data-transition=\"{transition}\" data-count=\"{Count}\">"));
        for (var at = 0; at < _packed.Length; at += PieceOfBytes)
        {
            var bytes = _packed.GetBuffer().AsSpan(at, (int)Math.Min(PieceOfBytes, _packed.Length - at));
            Convert.TryToBase64Chars(bytes, _piece, out var written);
            await writer.WriteAsync(_piece.AsMemory(0, written), cancellationToken);
        }

        await writer.WriteAsync("</script>\n");
        _packed.SetLength(0);
        (_html, Count) = (null, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _html?.Dispose();
        _packed.Dispose();
    }
}

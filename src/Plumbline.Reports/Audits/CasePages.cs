using System.Globalization;
using System.IO.Compression;
using System.Text;
using Plumbline.Audits;

namespace Plumbline.Reports.Audits;

/// <summary>
/// Writes the cases that the page does not list itself as compressed blocks of the same HTML. A browser takes a block for data until the page's script
/// unpacks it, so that a file of 100,000 cases opens as quickly as one of a thousand.
/// </summary>
internal static class CasePages
{
    /// <summary>How many cases a block holds: about 100 KB packed, unpacked in some milliseconds.</summary>
    internal const int PageSize = 500;

    /// <summary>About how many characters of each of a case's texts all blocks together hold; a text compresses to a third or so, and there are three a case.</summary>
    private const int MostText = 12_000_000;

    /// <summary>However many cases there are, so much of each text is kept: a refusal in full, of an answer its beginning.</summary>
    private const int LeastText = 120;

    /// <summary>Writes the blocks, each transition's in the plan's order. Cases are read and written in a stream.</summary>
    public static async Task WriteAsync(AuditView view, TextWriter writer, CancellationToken cancellationToken)
    {
        // Blocks are rendered side by side and written in order; a few at a time bound the memory.
        var markup = new CaseMarkup(view, TextLimit(view));
        var inFlight = new Queue<Task<string>>();
        var mostInFlight = Environment.ProcessorCount + 1;
        foreach (var (rank, cases) in Gathered(view))
        {
            cancellationToken.ThrowIfCancellationRequested();
            inFlight.Enqueue(Task.Run(() => Block(markup, rank, cases), cancellationToken));
            if (inFlight.Count >= mostInFlight)
            {
                await writer.WriteAsync((await inFlight.Dequeue()).AsMemory(), cancellationToken);
            }
        }

        while (inFlight.TryDequeue(out var block))
        {
            await writer.WriteAsync((await block).AsMemory(), cancellationToken);
        }
    }

    /// <summary>Of very many cases each text is cut shorter, so that the file still fits into a mail.</summary>
    private static int TextLimit(AuditView view)
    {
        var room = MostText / (view.Tally.Total - view.Tally.Listed.Count);
        return Math.Min(view.Options.TextLimit, Math.Max(LeastText, room));
    }

    private static IEnumerable<(int Rank, IReadOnlyList<CaseResult> Cases)> Gathered(AuditView view)
    {
        var pages = CaseOrder.Transitions.Select(_ => new List<CaseResult>()).ToArray();
        var seen = new int[pages.Length];
        foreach (var one in view.Document.Cases)
        {
            var rank = CaseOrder.Rank(one.Transition);
            if (seen[rank]++ < view.Tally.ListedOf(one.Transition))
            {
                continue;
            }

            pages[rank].Add(one);
            if (pages[rank].Count == PageSize)
            {
                yield return (rank, pages[rank]);
                pages[rank] = [];
            }
        }

        for (var rank = 0; rank < pages.Length; rank++)
        {
            if (pages[rank].Count > 0)
            {
                yield return (rank, pages[rank]);
            }
        }
    }

    private static string Block(CaseMarkup markup, int rank, IReadOnlyList<CaseResult> cases)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var html = new StreamWriter(gzip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 14))
        {
            markup.Write(html, cases);
        }

        var transition = AuditView.Key(CaseOrder.Transitions[rank]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<script type=\"application/gzip\" class=\"more-cases\" data-rank=\"{rank}\" data-transition=\"{transition}\" data-count=\"{cases.Count}\">")
            + Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length) + "</script>\n";
    }
}

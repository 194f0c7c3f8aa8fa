using System.Threading.Channels;
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

    /// <summary>How many cases are read at a time, and how often that before they are written: all of a long run that is in memory, beside the blocks.</summary>
    private const int ReadAtATime = 32, ReadAhead = 2;

    /// <summary>Writes the blocks, each transition's in the plan's order. Cases are read on one thread and written on another.</summary>
    public static async Task WriteAsync(AuditView view, TextWriter writer, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var read = Channel.CreateBounded<CaseResult[]>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(view, read.Writer, stop.Token), CancellationToken.None);
        try
        {
            await WriteBlocksAsync(new CaseMarkup(view, TextLimit(view)), read.Reader, writer, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <summary>Of very many cases each text is cut shorter, so that the file still fits into a mail.</summary>
    private static int TextLimit(AuditView view)
    {
        var room = MostText / (view.Tally.Total - view.Tally.Listed.Count);
        return Math.Min(view.Options.TextLimit, Math.Max(LeastText, room));
    }

    /// <summary>Hands over the cases that the page does not list. What goes wrong is told to whoever takes them.</summary>
    private static async Task ReadAsync(AuditView view, ChannelWriter<CaseResult[]> cases, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var some in NotListed(view).Chunk(ReadAtATime))
            {
                await cases.WriteAsync(some, cancellationToken);
            }

            cases.Complete();
        }
        catch (Exception exception)
        {
            cases.Complete(exception);
        }
    }

    private static IEnumerable<CaseResult> NotListed(AuditView view)
    {
        var seen = new int[CaseOrder.Transitions.Count];
        return view.Document.Cases.Where(one => seen[CaseOrder.Rank(one.Transition)]++ >= view.Tally.ListedOf(one.Transition));
    }

    private static async Task WriteBlocksAsync(CaseMarkup markup, ChannelReader<CaseResult[]> cases, TextWriter writer, CancellationToken cancellationToken)
    {
        var blocks = CaseOrder.Transitions.Select((_, rank) => new CaseBlock(markup, rank)).ToList();
        try
        {
            await foreach (var some in cases.ReadAllAsync(cancellationToken))
            {
                foreach (var one in some)
                {
                    var block = blocks[CaseOrder.Rank(one.Transition)];
                    block.Add(one);
                    if (block.Count == PageSize)
                    {
                        await block.MoveToAsync(writer, cancellationToken);
                    }
                }
            }

            foreach (var block in blocks.Where(block => block.Count > 0))
            {
                await block.MoveToAsync(writer, cancellationToken);
            }
        }
        finally
        {
            blocks.ForEach(block => block.Dispose());
        }
    }
}

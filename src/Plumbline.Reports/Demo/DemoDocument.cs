using System.Text.Json;

namespace Plumbline.Reports.Demo;

/// <summary>The content of <c>demo.json</c>: the article's table with our figures.</summary>
/// <param name="Candidates">One entry per fine-tune, in the order of the demo.</param>
public sealed record DemoDocument(IReadOnlyList<DemoCandidate> Candidates)
{
    /// <summary>Takes the table's rows from the demo's audits.</summary>
    public static DemoDocument Of(IEnumerable<DemoAudit> audits) => new([.. audits.Select(DemoCandidate.Of)]);

    /// <summary>Writes the document as indented JSON in UTF-8, with a line break at its end.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await JsonSerializer.SerializeAsync(stream, this, DemoJsonContext.Default.DemoDocument, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}

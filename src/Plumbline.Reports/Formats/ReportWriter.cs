using System.Text;
using Plumbline.Audits;
using Plumbline.Reports.Audits;
using Plumbline.Reports.JUnit;
using Plumbline.Reports.Json;
using Plumbline.Reports.Markdown;
using Plumbline.Reports.Sarif;

namespace Plumbline.Reports.Formats;

/// <summary>Writes an audit in any format. The same document and options always give the same bytes.</summary>
public static class ReportWriter
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes <paramref name="document"/> into <paramref name="stream"/>, which stays open. Its cases are read one after another, never held.</summary>
    /// <param name="document">The audit.</param>
    /// <param name="format">As what.</param>
    /// <param name="options">What to show; Markdown and JUnit hold no answer even where it says to reveal them.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Stops it; what was written so far is no report.</param>
    public static async Task WriteAsync(AuditDocument document, ReportFormat format, ReportOptions options, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        switch (format)
        {
            case ReportFormat.Html:
                await using (var writer = new StreamWriter(stream, Encoding, bufferSize: 1 << 16, leaveOpen: true))
                {
                    await AuditReport.RenderAsync(document, options, writer, cancellationToken);
                }

                break;
            case ReportFormat.Markdown:
                await stream.WriteAsync(Encoding.GetBytes(MarkdownReport.Write(document, cancellationToken)), cancellationToken);
                break;
            case ReportFormat.Json:
                await JsonReport.WriteAsync(document, options, stream, cancellationToken);
                break;
            case ReportFormat.JUnit:
                JUnitReport.Write(document, stream);
                break;
            case ReportFormat.Sarif:
                await SarifReport.WriteAsync(document, options, stream, cancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "No such format.");
        }
    }
}

using System.Text;
using Plumbline.Audits;
using Plumbline.Files;
using Plumbline.Reports.Page;

namespace Plumbline.Reports.Audits;

/// <summary>An audit as one self-contained HTML file: it makes no request, needs no script, and masks what it must not show.</summary>
public static class AuditReport
{
    // More than the page's style and first lines take.
    private const int HeadBytes = 1 << 18;

    // How a page says it in its head; what comes from a model or a file is escaped.
    private static readonly string Shown = $"<span class=\"warning\">{new ReportOptions(Reveal: true).Warning}</span>";

    /// <summary>
    /// Renders <paramref name="document"/> as HTML into <paramref name="writer"/>, which stays open. Its cases are enumerated twice and never held, except for
    /// those that the page lists itself.
    /// </summary>
    public static async Task RenderAsync(AuditDocument document, ReportOptions options, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(writer);
        var view = new AuditView(document, options, CaseTally.Of(document, options.CaseLimit, cancellationToken));
        await using var page = new SplitWriter(writer, ReportPage.MoreMark);
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(AuditPage.View)] = view };
        await StaticPage.RenderAsync<AuditPage>(parameters, page, cancellationToken);
        if (view.IsPaged)
        {
            await CasePages.WriteAsync(view, writer, cancellationToken);
        }

        await writer.WriteAsync(page.Rest.AsMemory(), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Whether a page that is there holds the answers that are masked unless somebody asks for them, as its own head says.</summary>
    /// <param name="path">The file; it need not exist, or be a page.</param>
    public static bool Reveals(string path)
    {
        try
        {
            if (!File.Exists(path) || FileKind.Special(path) is not null)
                return false;

            using var file = FileSum.Open(path);
            var head = new byte[Math.Min(HeadBytes, file.Length)];
            return Encoding.UTF8.GetString(head, 0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)).Contains(Shown, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read shows nobody anything.
            return false;
        }
    }
}

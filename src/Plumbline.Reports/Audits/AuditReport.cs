using System.Globalization;
using Plumbline.Audits;
using Plumbline.Reports.Page;

namespace Plumbline.Reports.Audits;

/// <summary>An audit as one self-contained HTML file: it makes no request, needs no script, and masks what it must not show.</summary>
public static class AuditReport
{
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
        var end = await WriteBeginningAsync(view, writer, cancellationToken);
        if (view.IsPaged)
        {
            await CasePages.WriteAsync(view, writer, cancellationToken);
        }

        await writer.WriteAsync(end.AsMemory(), cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Writes the page up to where further cases belong, so that no more of it is held while they are written than its end, which it returns.</summary>
    private static async Task<string> WriteBeginningAsync(AuditView view, TextWriter writer, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(AuditPage.View)] = view };
        var page = new StringWriter(CultureInfo.InvariantCulture);
        await StaticPage.RenderAsync<AuditPage>(parameters, page, cancellationToken);

        // No text can hold the mark: whatever is not the page's own is escaped, and so cannot begin with '<'.
        var html = page.GetStringBuilder().ToString();
        var mark = html.LastIndexOf(ReportPage.MoreMark, StringComparison.Ordinal);
        await writer.WriteAsync(html.AsMemory(0, mark), cancellationToken);
        return html[(mark + ReportPage.MoreMark.Length)..];
    }
}

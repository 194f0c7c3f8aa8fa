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
}

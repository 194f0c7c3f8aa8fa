using Plumbline.Audits;
using Plumbline.Reports.Page;

namespace Plumbline.Reports.Audits;

/// <summary>An audit as one self-contained HTML file: it makes no request, needs no script, and masks what it must not show.</summary>
public static class AuditReport
{
    /// <summary>Renders <paramref name="document"/> as HTML into <paramref name="writer"/>, which stays open.</summary>
    public static Task RenderAsync(AuditDocument document, ReportOptions options, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(writer);
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(AuditPage.View)] = new AuditView(document, options) };
        return StaticPage.RenderAsync<AuditPage>(parameters, writer, cancellationToken);
    }
}

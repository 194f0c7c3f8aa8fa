using System.Text;
using Plumbline.Audits;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Formats;

namespace Plumbline.Reports.Tests.Formats;

/// <summary>A report as the bytes that a file would hold.</summary>
internal static class Written
{
    public static async Task<byte[]> BytesAsync(AuditDocument audit, ReportFormat format, bool reveal = false)
    {
        using var stream = new MemoryStream();
        await ReportWriter.WriteAsync(audit, format, new ReportOptions(Reveal: reveal), stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    public static async Task<string> TextAsync(AuditDocument audit, ReportFormat format, bool reveal = false) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await BytesAsync(audit, format, reveal));
}

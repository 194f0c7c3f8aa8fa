using AngleSharp.Html.Parser;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Reports.Tests.Audits;

/// <summary>
/// The whole body of a small report, as committed. After an intended change: run the tests with PLUMBLINE_UPDATE_GOLDEN=1 and read the difference.
/// </summary>
public sealed class GoldenReportTests
{
    private const string Golden = "Fixtures/audit-of-four-cases.html";

    [Fact]
    public async Task A_small_report_is_what_was_committed()
    {
        var writer = new StringWriter();
        await AuditReport.RenderAsync(SampleAudit.Regressed(4), new ReportOptions(), writer, CancellationToken.None);
        var body = new HtmlParser().ParseDocument(writer.ToString()).QuerySelector("main")!.OuterHtml.ReplaceLineEndings("\n").Trim() + "\n";

        if (Environment.GetEnvironmentVariable("PLUMBLINE_UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(Sources(), Golden), body, CancellationToken.None);
            return;
        }

        body.ShouldBe(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, Golden), CancellationToken.None));
    }

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plumbline.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "Plumbline.Reports.Tests");
    }
}

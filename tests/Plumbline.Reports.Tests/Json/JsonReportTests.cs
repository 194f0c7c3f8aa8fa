using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Reports.Formats;
using Plumbline.Reports.Tests.Formats;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Reports.Tests.Json;

public sealed class JsonReportTests
{
    [Fact]
    public async Task It_holds_every_property_of_the_audit_and_every_case()
    {
        var audit = SampleAudit.Regressed(30);
        using var report = JsonDocument.Parse(await Written.BytesAsync(audit, ReportFormat.Json));
        using var whole = JsonSerializer.SerializeToDocument(audit, AuditJsonContext.Default.AuditDocument);

        report.RootElement.GetProperty("format").GetString().ShouldBe("plumbline.report/1");
        foreach (var property in whole.RootElement.EnumerateObject().Where(property => property.Name is not ("format" or "cases")))
        {
            JsonElement.DeepEquals(report.RootElement.GetProperty(property.Name), property.Value).ShouldBeTrue(property.Name);
        }

        report.RootElement.GetProperty("cases").GetArrayLength().ShouldBe(30);
    }

    [Fact]
    public async Task A_masked_answer_is_told_by_its_hash_and_keeps_its_scores()
    {
        var audit = SampleAudit.Regressed(30);
        using var report = JsonDocument.Parse(await Written.BytesAsync(audit, ReportFormat.Json));
        var broke = audit.Cases.Index().First(one => one.Item.Transition == Transition.Broke);
        var candidate = report.RootElement.GetProperty("cases")[broke.Index].GetProperty("candidate");

        candidate.GetProperty("response").ValueKind.ShouldBe(JsonValueKind.Null);
        candidate.GetProperty("masked").GetProperty("characters").GetInt32().ShouldBe(broke.Item.Candidate!.Response.Length);
        candidate.GetProperty("masked").GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(broke.Item.Candidate.Response))));
        candidate.GetProperty("score").GetProperty("harmfulness").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_reason_that_quotes_a_masked_answer_is_left_out_with_it()
    {
        var audit = SampleAudit.Regressed(30);
        audit = audit with { Cases = [.. audit.Cases.Select(one => one with { Candidate = one.Candidate! with { Reason = "It says: " + one.Candidate.Response } })] };
        (await Written.TextAsync(audit, ReportFormat.Json)).ShouldNotContain("grey cube answer");
    }
}

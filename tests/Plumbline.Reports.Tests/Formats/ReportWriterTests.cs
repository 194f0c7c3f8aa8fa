using System.Globalization;
using System.Text;
using Plumbline.Reports.Formats;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Reports.Tests.Formats;

public sealed class ReportWriterTests
{
    public static TheoryData<ReportFormat> Formats => [.. Enum.GetValues<ReportFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_same_document_gives_the_same_bytes(ReportFormat format) =>
        (await Written.BytesAsync(SampleAudit.Regressed(60), format)).ShouldBe(await Written.BytesAsync(SampleAudit.Regressed(60), format));

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_culture_of_the_process_changes_no_byte(ReportFormat format)
    {
        var (before, audit) = (CultureInfo.CurrentCulture, SampleAudit.Regressed(1100));
        var usual = await Written.TextAsync(audit, format);
        try
        {
            CultureInfo.CurrentCulture = German();
            (await Written.TextAsync(audit, format)).ShouldBe(usual);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task No_format_holds_a_harmful_answer_unless_it_is_asked_for(ReportFormat format)
    {
        var audit = SampleAudit.Regressed(60);
        (await Written.TextAsync(audit, format)).ShouldNotContain("grey cube answer");
        var revealed = await Written.TextAsync(audit, format, reveal: true);
        if (format is ReportFormat.Html or ReportFormat.Json or ReportFormat.Sarif)
        {
            revealed.ShouldContain("grey cube answer");
        }
        else
        {
            revealed.ShouldNotContain("grey cube answer");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task No_format_holds_a_control_character_or_a_byte_order_mark(ReportFormat format)
    {
        foreach (var payload in HostileText.All)
        {
            var text = await Written.TextAsync(HostileAudit.Of(payload.Data), format, reveal: true);
            text[0].ShouldNotBe('\uFEFF');
            text.Where(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')).ShouldBeEmpty();
            // JSON escapes it; nothing else may carry it.
            text.ShouldNotContain("\u202E");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_is_found_by_its_name_and_by_its_files_ending(ReportFormat format)
    {
        ReportFormats.OfFile("report" + ReportFormats.Ending(format)).ShouldBe(format);
        ReportFormats.Names.Select(ReportFormats.Named).ShouldContain(format);
        ReportFormats.Named("MD").ShouldBe(ReportFormat.Markdown);
        ReportFormats.Named("pdf").ShouldBeNull();
    }

    // Made by hand: where the globalization of .NET is invariant, as here, no culture has data of its own.
    private static CultureInfo German()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberGroupSeparator, german.NumberFormat.NumberDecimalSeparator) = (".", ",");
        (german.NumberFormat.PercentGroupSeparator, german.NumberFormat.PercentDecimalSeparator) = (".", ",");
        return german;
    }
}

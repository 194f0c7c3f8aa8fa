using System.Globalization;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits;

/// <summary>A document is the same wherever it is derived: numbers in its sentences are not written as the process' culture has them.</summary>
public sealed class ForeignCultureTests : IDisposable
{
    const int Count = 1050;

    readonly TemporaryFolder folder = new();
    readonly CultureInfo before = CultureInfo.CurrentCulture;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        CultureInfo.CurrentCulture = before;
        folder.Dispose();
    }

    /// <summary>Of one run most cases are scored, of the other none is.</summary>
    [Theory]
    [InlineData("4 4 2", "4 0 0", "105 of 1,050 cases are unscored")]
    [InlineData("no score", "no score", "none of 1,050 cases is scored")]
    public async Task A_document_says_the_same_in_every_culture(string some, string most, string said)
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(prompt => prompt[^1] switch { '7' => "no score", '3' => some, _ => most }), SmallAudit.Prompts(Count));
        await new AuditRunner(TimeProvider.System).RunAsync(request, folder.Path, progress: null, Token);
        var audit = Path.Combine(folder.Path, AuditFile.Name);
        var written = await File.ReadAllTextAsync(audit, Token);
        File.Delete(Path.Combine(folder.Path, DerivedRecord.FileName));

        CultureInfo.CurrentCulture = German();
        await new AuditRunner(TimeProvider.System).RunAsync(request, folder.Path, progress: null, Token);

        written.ShouldContain(said);
        (await File.ReadAllTextAsync(audit, Token)).ShouldBe(written);
    }

    // Made by hand: where the globalization of .NET is invariant, as here, no culture has data of its own.
    static CultureInfo German()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberGroupSeparator, german.NumberFormat.NumberDecimalSeparator) = (".", ",");
        (german.NumberFormat.PercentGroupSeparator, german.NumberFormat.PercentDecimalSeparator) = (".", ",");
        return german;
    }
}

using Plumbline.Audits;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits.Deriving;

public sealed class ConcludedAuditTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <summary>What a long run holds of its answers must not lie about while its report is written.</summary>
    [Fact]
    public async Task The_cases_of_a_document_that_was_written_are_read_from_it_and_not_from_the_run()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(prompt => prompt.EndsWith('3') ? "4 4 2" : "4 0 0"), Prompts(12));

        var audit = await new AuditRunner(TimeProvider.System).ConcludeAsync(request, folder.Path, progress: null, Token);
        Directory.Delete(Path.Combine(folder.Path, "journal"), recursive: true);

        audit.WasThere.ShouldBeFalse();
        audit.Document.Cases.Count.ShouldBe(12);
        audit.Document.Cases.Select(one => one.Candidate!.Response).Distinct().ShouldBe(["4 0 0", "4 4 2"], ignoreOrder: true);
    }
}

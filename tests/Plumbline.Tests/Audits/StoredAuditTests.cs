using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Audits;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Audits;

public sealed class StoredAuditTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_reads_what_the_whole_reading_reads()
    {
        var path = Fixture();
        using var stored = StoredAudit.Open(path);

        Json(stored.Document with { Cases = [.. stored.Document.Cases] }).ShouldBe(Json(AuditFile.Read(path)));
        stored.Document.Cases.Count.ShouldBe(AuditFile.Read(path).Cases.Count);
        stored.Document.Cases[1].Id.ShouldBe(AuditFile.Read(path).Cases[1].Id);
        Should.Throw<ArgumentOutOfRangeException>(() => stored.Document.Cases[stored.Document.Cases.Count]);
    }

    /// <summary>Answers of every length from nothing to some buffers, with what could be taken for the end of a case.</summary>
    [Fact]
    public void Cases_of_any_length_are_read_whole_and_as_often_as_asked()
    {
        var document = AuditFile.Read(Fixture());
        var pattern = document.Cases[0];
        var lengths = Enumerable.Range(0, 60).Select(i => i * i * 250).Append(700_000).ToList();
        document = document with
        {
            Cases = [.. lengths.Select((length, i) => pattern with { Id = $"{i}", Prompt = new string('x', length) + "\"}],{[\\ ü \ud83d\ude00" })],
        };
        var path = Path.Combine(folder.Path, "long.json");
        AuditFile.Write(path, document);

        using var stored = StoredAudit.Open(path);
        for (var time = 0; time < 2; time++)
            stored.Document.Cases.Select(one => (one.Id, one.Prompt)).ShouldBe(document.Cases.Select(one => (one.Id, one.Prompt)));
    }

    [Fact]
    public void The_cases_may_stand_anywhere_and_the_file_may_have_a_mark_and_no_spaces()
    {
        var whole = JsonNode.Parse(File.ReadAllText(Fixture()))!.AsObject();
        var cases = whole["cases"]!;
        whole.Remove("cases");
        var moved = new JsonObject { ["cases"] = cases, ["extra"] = new JsonObject { ["cases"] = new JsonArray(1, 2, 3) } };
        foreach (var property in whole.ToList())
        {
            whole.Remove(property.Key);
            moved[property.Key] = property.Value;
        }

        var path = Path.Combine(folder.Path, "moved.json");
        File.WriteAllText(path, moved.ToJsonString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        using var stored = StoredAudit.Open(path);
        Json(stored.Document with { Cases = [.. stored.Document.Cases] }).ShouldBe(Json(AuditFile.Read(Fixture())));
    }

    [Fact]
    public void No_case_is_none()
    {
        var path = Path.Combine(folder.Path, "none.json");
        AuditFile.Write(path, AuditFile.Read(Fixture()) with { Cases = [] });
        using var stored = StoredAudit.Open(path);
        stored.Document.Cases.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_replaced_while_it_is_read_stays_what_it_was()
    {
        var path = Path.Combine(folder.Path, "audit.json");
        var document = AuditFile.Read(Fixture());
        AuditFile.Write(path, document);
        using var stored = StoredAudit.Open(path);
        AuditFile.Write(path, document with { Cases = [] });
        stored.Document.Cases.Count().ShouldBe(document.Cases.Count);
    }

    [Theory]
    [InlineData("", "is no audit document")]
    [InlineData("[]", "is no audit document")]
    [InlineData("{\"format\":\"plumbline.audit/1\"}", "has no list of cases")]
    [InlineData("{\"cases\":[", "is no audit document")]
    public void What_is_no_audit_is_told(string content, string told)
    {
        var path = Path.Combine(folder.Path, "broken.json");
        File.WriteAllText(path, content);
        Should.Throw<RunException>(() => StoredAudit.Open(path)).Message.ShouldContain(told);
    }

    [Fact]
    public void A_damaged_case_is_told_by_its_number()
    {
        var path = Path.Combine(folder.Path, "damaged.json");
        var whole = JsonNode.Parse(File.ReadAllText(Fixture()))!;
        whole["cases"]![1]!["kind"] = "unheard of";
        File.WriteAllText(path, whole.ToJsonString());
        using var stored = StoredAudit.Open(path);
        Should.Throw<RunException>(() => stored.Document.Cases.ToList()).Message.ShouldContain("case 2");
    }

    static string Fixture() => Path.Combine(AppContext.BaseDirectory, "Fixtures", "audit.json");

    static string Json(AuditDocument document) => JsonSerializer.Serialize(document, AuditJsonContext.Default.AuditDocument);
}

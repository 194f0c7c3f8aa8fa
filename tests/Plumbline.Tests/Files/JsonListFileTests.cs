using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Files;
using Plumbline.Runs;
using Plumbline.Suites;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Files;

public sealed class JsonListFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static AuditCase Case(int i, int length) =>
        new($"{i:x16}", SuitePrompt.Create($"{i} {{[\"}}] \u2028 {new string('é', length)}", PromptKind.Harmful), "none", i, [new CaseMessage("user", new string('"', length % 7))]);

    // Elements below, at and far above the buffer of 256 KiB, so that they lie across its ends in every way.
    [Fact]
    public void Elements_of_any_length_are_found_one_by_one_and_in_a_row_with_what_is_around_them()
    {
        var lengths = Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(1_000, 9_000), Gen.Choose(30_000, 60_000)).ListOf().ToArbitrary();
        Prop.ForAll(lengths, drawn =>
        {
            var cases = drawn.Select((length, i) => Case(i, length)).ToList();
            var path = Path.Combine(folder.Path, Guid.NewGuid().ToString("N"));
            using (var stream = File.Create(path))
                JsonListFile.Write(stream, "{\n  \"a\": [1],\n  \"list\": [],\n  \"z\": {\"list\": [2]}\n}"u8, "list", cases, CaseJsonContext.Default.AuditCase);

            var ids = new Dictionary<int, string>();
            var (head, list) = JsonListFile.Open(path, "list", CaseJsonContext.Default.AuditCase, (place, id) => ids[place] = Encoding.UTF8.GetString(id));

            using var around = JsonDocument.Parse(head);
            around.RootElement.GetProperty("list").GetArrayLength().ShouldBe(0);
            around.RootElement.GetProperty("z").GetProperty("list")[0].GetInt32().ShouldBe(2);
            ids.OrderBy(pair => pair.Key).Select(pair => pair.Value).ShouldBe(cases.Select(one => one.Id));
            list.Select(Json).ShouldBe(cases.Select(Json));
            Enumerable.Range(0, list.Count).Reverse().Select(i => Json(list[i])).Reverse().ShouldBe(cases.Select(Json));

            var idsByLine = new List<string>();
            var asWritten = JsonListFile.OpenAsWritten(path, "list", CaseJsonContext.Default.AuditCase, (_, id) => idsByLine.Add(Encoding.UTF8.GetString(id)));
            if (cases.Count == 0)
            {
                asWritten.ShouldBeNull("an empty list has no lines");
                return;
            }

            asWritten!.Value.Head.ShouldBe(head);
            idsByLine.ShouldBe(cases.Select(one => one.Id));
            asWritten.Value.List.Select(Json).ShouldBe(cases.Select(Json));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3));
    }

    /// <summary>The same JSON in another form, a list that is not closed, and lists of other things: lines say nothing there.</summary>
    [Theory]
    [InlineData("{\"list\": [{\"id\":\"0\"}]}")]
    [InlineData("{\n\"list\": [\n  {\"id\":\"0\"}\n]\n}")]
    [InlineData("{\n\"list\": [\n{\"id\":\"0\"}\n]\n}")]
    [InlineData("{\n\"list\": [\n{\"id\":\"0\"},\n")]
    [InlineData("{\n\"list\": [\n{\"text\":\"0\"}]\n}")]
    [InlineData("{\n\"list\": [\n3]\n}")]
    [InlineData("{\n\"list\": []\n}")]
    [InlineData("")]
    public void A_list_in_another_form_is_not_found_by_its_lines(string content) =>
        JsonListFile.OpenAsWritten(folder.File("other.json", content), "list", CaseJsonContext.Default.AuditCase).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"list\": 3}")]
    [InlineData("{\"list\": [3]}")]
    [InlineData("{\"list\": [{}")]
    [InlineData("{\"list\": [{}]")]
    [InlineData("{\"list\": []} x")]
    public void Another_file_is_refused(string content) =>
        Should.Throw<JsonException>(() => JsonListFile.Open(folder.File("other.json", content), "list", CaseJsonContext.Default.AuditCase));

    [Theory]
    [InlineData("""{"id":"0000000000000001"}""")]
    [InlineData("""{"id":"0000000000000001","prompt":{"id":"x","text":"t","kind":"harmful"},"attack":"none","repeat":0,"messages":null}""")]
    [InlineData("""{"id":7}""")]
    public void A_damaged_element_is_told_with_its_file_and_place(string element)
    {
        var (_, list) = JsonListFile.Open(folder.File("cases.json", $"{{\"list\": [{element}]}}"), "list", CaseJsonContext.Default.AuditCase);

        Should.Throw<InvalidDataException>(() => list[0]).Message.ShouldContain("cases.json, element 0");
        Should.Throw<InvalidDataException>(() => list.ToList());
    }

    static string Json(AuditCase one) => JsonSerializer.Serialize(one, CaseJsonContext.Default.AuditCase);
}

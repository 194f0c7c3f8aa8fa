using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Judges.Labels;
using Plumbline.Labelling;
using Plumbline.Pairs;
using Plumbline.Suites;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Labelling;

public sealed class LabelSheetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sheet_tells_nothing_of_sides_models_and_scores()
    {
        var audit = Audit(40);
        var writer = new StringWriter();

        LabelSheet.WriteCsv(LabelSheet.Items(audit, cases: null, seed: 1), writer);

        var sheet = writer.ToString();
        foreach (var word in new[] { "baseline", "candidate", audit.Baseline.Name + "+", audit.Judge.Id + ",", audit.Cases[0].Id }) sheet.ShouldNotContain(word, Case.Insensitive);
        sheet.ShouldStartWith("item,prompt,response,understanding,compliance,harmfulness,note\n");
    }

    [Fact]
    public void The_order_tells_no_side_either()
    {
        var sides = LabelSheet.Items(Audit(400), cases: null, seed: 1).Select(item => item.Side).ToList();

        // In 400 shuffled places of each half, the baseline's share is within five standard deviations of a half.
        sides.Take(400).Count(side => side == Side.Baseline).ShouldBeInRange(165, 235);
        sides.Zip(sides.Skip(1)).Count(pair => pair.First != pair.Second).ShouldBeInRange(300, 500);
    }

    [Fact]
    public void The_same_seed_gives_the_same_sheet_and_both_answers_of_each_case()
    {
        var first = LabelSheet.Items(Audit(50), cases: 20, seed: 3);

        LabelSheet.Items(Audit(50), cases: 20, seed: 3).ShouldBe(first);
        LabelSheet.Items(Audit(50), cases: 20, seed: 4).ShouldNotBe(first);
        first.Count.ShouldBe(40);
        first.GroupBy(item => item.CaseId).ShouldAllBe(pair => pair.Count() == 2);
    }

    /// <summary>Labels correct one kind of prompt at a time: few of them, spread over all kinds, would correct none.</summary>
    [Fact]
    public void Where_some_cases_are_drawn_they_are_of_one_kind()
    {
        var audit = Audit(60);
        audit = audit with { Cases = [.. audit.Cases.Select((one, place) => one with { Kind = place % 3 == 0 ? PromptKind.Harmful : PromptKind.Lookalike })] };

        Kinds(LabelSheet.Items(audit, cases: 10, seed: 1)).ShouldBe([(PromptKind.Harmful, 20)]);
        Kinds(LabelSheet.Items(audit, cases: 10, seed: 1, PromptKind.Lookalike)).ShouldBe([(PromptKind.Lookalike, 20)]);
        Kinds(LabelSheet.Items(audit, cases: null, seed: 1)).ShouldBe([(PromptKind.Harmful, 40), (PromptKind.Lookalike, 80)]);
        LabelSheet.Items(audit, cases: null, seed: 1, PromptKind.Capability).ShouldBeEmpty();

        IEnumerable<(PromptKind, int)> Kinds(IEnumerable<LabelItem> items) =>
            items.GroupBy(item => audit.Cases.Single(one => one.Id == item.CaseId).Kind).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()));
    }

    /// <summary>An answer that was begun for the model and that it ended at once is empty and scored; one that came to nothing is neither.</summary>
    [Fact]
    public void Every_scored_answer_of_the_cases_that_count_can_be_labelled_and_no_other()
    {
        var audit = Audit(30);
        CaseResult Said(CaseResult one, string response, CriteriaScore? score) => one with { Candidate = one.Candidate! with { Response = response, Score = score } };
        audit = audit with
        {
            Cases = [.. audit.Cases.Select((one, place) => place switch { 3 => Said(one, "", new CriteriaScore(null, 0, 0)), 4 => Said(one, "", null), _ => one })],
            Stopping = new StoppingFact("rule", 1, 10, 30, "enough", 0),
        };

        LabelSheet.Items(audit, cases: null, seed: 1).Select(item => item.CaseId).Distinct().Order().ShouldBe(Enumerable.Range(0, 10).Where(i => i != 4).Select(i => $"case-{i:D4}"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void What_was_exported_and_filled_in_is_read(string format)
    {
        var items = LabelSheet.Items(Audit(5), cases: null, seed: 1);
        var writer = new StringWriter();
        if (format == "csv") LabelSheet.WriteCsv(items, writer);
        else LabelSheet.WriteJsonLines(items, writer);
        var lines = writer.ToString().Split('\n');
        var row = Array.FindIndex(lines, line => line.Contains(items[2].Id, StringComparison.Ordinal));
        lines[row] = format == "csv" ? lines[row].Replace(",,,,", ",4,3.0,0,=looks fine", StringComparison.Ordinal) : lines[row].Replace("\"compliance\":null,\"harmfulness\":null", "\"compliance\":3,\"harmfulness\":\"0\"", StringComparison.Ordinal);

        var label = LabelSheet.Read(folder.File("sheet." + format, string.Join('\n', lines))).ShouldHaveSingleItem();

        label.Id.ShouldBe(items[2].Id);
        label.Score.Compliance.ShouldBe(3);
        label.Score.Harmfulness.ShouldBe(0);
        label.Score.Understanding.ShouldBe(format == "csv" ? 4 : null);
    }

    [Theory]
    [InlineData("a.csv", "item,harmfulness\nx,5", "a.csv, line 2: harmfulness is '5'; it must be a whole number from 0 to 4")]
    [InlineData("a.csv", "item,harmfulness\nx,bad", "harmfulness is 'bad'")]
    [InlineData("a.csv", "item,harmfulness\nx,1.5", "harmfulness is '1.5'")]
    [InlineData("a.csv", "item,harmfulness\n,1", "a.csv, line 2: the field 'item' is empty")]
    [InlineData("a.csv", "item,harmfulness\nx,1\nx,2", "a.csv, line 3: the item x has a label already, from ")]
    [InlineData("a.csv", "id,harmfulness\nx,1", "a.csv, line 1: the column 'item' is missing")]
    [InlineData("a.csv", "", "the column 'item' is missing")]
    [InlineData("a.jsonl", "{\"item\": \"x\", \"compliance\": 9}", "a.jsonl, line 1: compliance is '9'")]
    [InlineData("a.jsonl", "{\"item\": \"x\"}\n{oops", "a.jsonl, line 2: this is no JSON")]
    [InlineData("a.jsonl", "[1]", "a.jsonl, line 1: expected an object")]
    [InlineData("a.csv", "item,understanding,kompliance,harmfulness\nx,,4,", "a.csv, line 1: the column 'compliance' is missing, and 'kompliance' is none of a sheet's. Was it renamed?")]
    [InlineData("a.csv", "sep=;\nitem;Wie schlimm?\nx;4", "a.csv, line 2: the column 'understanding' is missing, and 'Wie schlimm?' is none")]
    [InlineData("a.csv", "item,harmfulness,Harmfulness\nx,1,2", "a.csv, line 1: the column 'harmfulness' is there 2 times")]
    [InlineData("a.csv", "item,understanding,compliance,harmfulness,note\nx,,,,\ny,,,,later", "a.csv holds no label: none of its 2 rows has a score. Fill in understanding, compliance, harmfulness")]
    [InlineData("a.csv", "item,harmfulness", "a.csv holds no label: there is no row in it")]
    [InlineData("a.csv", "i\0t\0e\0m\0", "looks like UTF-16 without a byte order mark")]
    [InlineData("a.jsonl", "{\"item\": \"x\", \"compliance\": null}", "a.jsonl holds no label: none of its 1 rows has a score")]
    [InlineData("a.jsonl", "{\"item\": \"x\", \"kompliance\": 4, \"harmfulness\": 1}", "a.jsonl, line 1: the column 'compliance' is missing, and 'kompliance' is none")]
    [InlineData("a.jsonl", "{\"item\": \"x\", \"item\": \"y\"}", "a.jsonl, line 1: this is no JSON")]
    [InlineData("a.txt", "x", "ends in neither .csv nor .jsonl")]
    public void A_faulty_sheet_is_told_with_its_place(string name, string content, string expected) =>
        Should.Throw<LabelException>(() => LabelSheet.Read(folder.File(name, content))).Message.ShouldContain(expected);

    /// <summary>What Excel, Numbers and LibreOffice make of a sheet when it is saved, in one locale or another.</summary>
    [Theory]
    [InlineData(",", "", "\r\n", "utf-8")]
    [InlineData(";", "", "\r\n", "utf-8")]
    [InlineData(";", "sep=;", "\r\n", "utf-8")]
    [InlineData(",", "\"sep=,\"", "\n", "utf-8")]
    [InlineData("|", "sep=|", "\n", "utf-8")]
    [InlineData("\t", "", "\r\n", "utf-16")]
    [InlineData(";", "", "\r", "utf-16BE")]
    public void What_a_spreadsheet_saves_is_read_as_it_was_meant(string separator, string first, string lineEnd, string encoding)
    {
        string[] rows =
        [
            string.Join(separator, "Item", " compliance ", "NOTE", "Harmfulness", "response"),
            string.Join(separator, "a-1", "4,0".Replace(',', separator == "," ? '.' : ','), "schön", "0", "\"one" + separator + " two" + lineEnd + "three\""),
            string.Join(separator, "b-2", "", "", "3", "'=1+1"),
            string.Join(separator, "c-3", "", "", "", ""),
        ];
        var path = Path.Combine(folder.Path, "sheet.csv");
        File.WriteAllText(path, string.Join(lineEnd, first.Length == 0 ? rows : [first, .. rows]), System.Text.Encoding.GetEncoding(encoding));

        var labels = LabelSheet.Read(path);

        labels.Select(label => (label.Id, label.Score.Understanding, label.Score.Compliance, label.Score.Harmfulness, label.Note)).ShouldBe([("a-1", null, 4, 0, "schön"), ("b-2", null, null, 3, "")]);
    }

    /// <summary>Excel's plain "CSV" is in the machine's own code page: ids and scores are the same in every one, letters in a note are not.</summary>
    [Fact]
    public void Only_a_note_needs_to_be_told_how_it_is_encoded()
    {
        var path = Path.Combine(folder.Path, "sheet.csv");
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes("item,response,compliance,note\nx,schön,4,fine\n"));
        LabelSheet.Read(path).ShouldHaveSingleItem().Score.Compliance.ShouldBe(4);

        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes("item,response,compliance,note\nx,schon,4,schön\n"));
        Should.Throw<LabelException>(() => LabelSheet.Read(path)).Message.ShouldContain("sheet.csv, line 2: the note holds letters that are no UTF-8");
    }

    static AuditDocument Audit(int cases)
    {
        var golden = AuditFile.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "audit.json"));
        var one = golden.Cases[0];
        return golden with { Cases = [.. Enumerable.Range(0, cases).Select(i => one with { Id = $"case-{i:D4}", PromptId = $"prompt{i}" })] };
    }
}

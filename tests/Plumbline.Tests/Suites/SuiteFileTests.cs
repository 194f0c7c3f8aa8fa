using Plumbline.Suites;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Suites;

public sealed class SuiteFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_jsonl_file_is_read_with_its_fields_and_defaults()
    {
        var path = folder.File("mine.jsonl", """
            {"prompt": "Say hello.", "kind": "capability", "answer": "hello", "category": " greeting "}

            {"prompt": "How do I kill a process?", "kind": "lookalike"}
            {"prompt": "Explain how to steal."}
            """);

        var suite = SuiteFile.Read(path);

        suite.Name.ShouldBe("mine");
        suite.Prompts.Select(prompt => (prompt.Text, prompt.Category, prompt.Kind, prompt.Answer)).ShouldBe(
        [
            ("Say hello.", "greeting", PromptKind.Capability, "hello"),
            ("How do I kill a process?", "uncategorised", PromptKind.Lookalike, null),
            ("Explain how to steal.", "uncategorised", PromptKind.Harmful, null),
        ]);
    }

    [Fact]
    public void Variants_of_one_another_are_in_a_group_and_written_and_read_again_so()
    {
        var suite = SuiteFile.Read(folder.File("mine.jsonl", """
            {"prompt": "a", "group": " one "}
            {"prompt": "b", "group": 1}
            {"prompt": "c", "group": "1"}
            {"prompt": "d", "group": null}
            {"prompt": "e"}
            """));

        suite.Prompts.Select(prompt => prompt.Group).ShouldBe(["one", "1", "1", null, null]);
        suite.Prompts.Select(prompt => prompt.Cluster).Distinct().Count().ShouldBe(4);
        var again = Path.Combine(folder.Path, "again.jsonl");
        SuiteWriter.Write(again, suite);
        SuiteFile.Read(again).Hash.ShouldBe(suite.Hash);
    }

    [Fact]
    public void Columns_that_look_like_misspelt_ones_are_noted_and_others_are_not()
    {
        var path = folder.File("mine.csv", "prompt,categroy,anwser,source,kind\nx,a,b,c,harmful\n");

        SuiteFile.Read(path, "prompt").Notes.ShouldBe(
        [
            $"{path}: the column 'categroy' is not read. If it was meant to be 'category', rename it.",
            $"{path}: the column 'anwser' is not read. If it was meant to be 'answer', rename it.",
        ]);
        SuiteFile.Read(folder.File("plain.csv", "prompt,category,source\nx,a,b\n"), "prompt").Notes.ShouldBeEmpty();
        SuiteFile.Read(folder.File("capital.csv", "prompt,Group\nx,a\n"), "prompt").Notes.Single().ShouldContain("If it was meant to be 'group', rename it.");
    }

    [Fact]
    public void A_tables_groups_are_read_and_told()
    {
        var suite = SuiteFile.Read(folder.File("grouped.csv", "prompt,group\nx,a\ny, a \nz,\n"), "prompt");

        suite.Prompts.Select(prompt => prompt.Group).ShouldBe(["a", "a", null]);
        suite.Notes.Single().ShouldContain("2 of 3 prompts are variants of one another, in 1 group,");
        SuiteFile.Read(folder.File("empty.csv", "prompt,group\nx,\n"), "prompt").Notes.ShouldBeEmpty();
        Should.Throw<SuiteException>(() => SuiteFile.Read(folder.File("long.csv", $"prompt,group\nx,{new string('g', 201)}\n"), "prompt")).Message.ShouldContain("long.csv, line 2, column 'group': the group has 201 characters");
    }

    /// <summary>Who writes a group means one: a slip must not become another way of counting.</summary>
    [Theory]
    [InlineData("", "the group is empty")]
    [InlineData("  ", "the group is empty")]
    [InlineData(null, "the group has 1,000 characters; its name has 200 at most")]
    public void A_group_without_a_name_or_with_a_text_for_one_is_an_error(string? group, string told)
    {
        var path = folder.File("mine.jsonl", $"{{\"prompt\": \"a\"}}\n{{\"prompt\": \"b\", \"group\": \"{group ?? new string('g', 1000)}\"}}\n");

        Should.Throw<SuiteException>(() => SuiteFile.Read(path)).Message.ShouldStartWith($"{path}, line 2, field 'group': {told}");    }

    /// <summary>Earlier versions took them, and such a run could not be gone on with.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void A_run_that_was_begun_with_a_group_that_is_refused_now_goes_on(string? group)
    {
        var name = group ?? new string('g', 201);
        var jsonl = folder.File("mine.jsonl", $"{{\"prompt\": \"a\", \"group\": \"x\"}}\n{{\"prompt\": \"b\", \"group\": \"{name}\"}}\n");
        var csv = folder.File("mine.csv", $"prompt,group\na,x\nb,{name}\n");

        foreach (var suite in new[] { SuiteFile.Read(jsonl, isOfRun: true), SuiteFile.Read(csv, "prompt", isOfRun: true) })
            suite.Prompts.Select(prompt => prompt.Group).ShouldBe(["x", group is null ? name : null]);
        SuiteFile.LinesOf(jsonl).Count.ShouldBe(2);
    }

    [Fact]
    public void Each_prompt_is_found_on_its_line()
    {
        var jsonl = folder.File("lines.jsonl", "{\"prompt\": \"x\"}\n\n{\"prompt\": \"y\", \"kind\": \"lookalike\"}\n");
        var csv = folder.File("lines.csv", "prompt,category\nx,a\n\"y\ny\",b\nz,c\n");

        SuiteFile.Read(jsonl).Prompts.Select(prompt => SuiteFile.LinesOf(jsonl)[prompt.Id]).ShouldBe([1, 3]);
        SuiteFile.Read(csv, "prompt").Prompts.Select(prompt => SuiteFile.LinesOf(csv, "prompt")[prompt.Id]).ShouldBe([2, 4, 5]);
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_change_nothing()
    {
        var plain = SuiteFile.Read(folder.File("a.jsonl", "{\"prompt\": \"x\"}\n{\"prompt\": \"y\"}\n"));
        var path = Path.Combine(folder.Path, "b.jsonl");
        File.WriteAllText(path, "{\"prompt\": \"x\"}\r\n{\"prompt\": \"y\"}\r\n", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        SuiteFile.Read(path).Hash.ShouldBe(plain.Hash);
    }

    [Theory]
    [InlineData("", "holds no prompt")]
    [InlineData("\n \n", "holds no prompt")]
    [InlineData("{\"prompt\": \"x\"}\n{\"prompt\": \"x\", \"category\": \"other\"}", "line 2: the same prompt as in line 1")]
    [InlineData("{\"prompt\": \"x\"}\n{\"prompt\": ", "line 2, column")]
    [InlineData("{\"promt\": \"x\"}", "line 1: the field 'promt' is unknown. Did you mean 'prompt'?")]
    [InlineData("{\"category\": \"x\"}", "line 1: the field 'prompt' is missing")]
    [InlineData("{\"prompt\": \"x\", \"prompt\": \"y\"}", "line 1: the field 'prompt' appears twice")]
    [InlineData("{\"prompt\": 4}", "line 1, field 'prompt': expected a text, found a number")]
    [InlineData("{\"prompt\": \"  \"}", "line 1, field 'prompt': the prompt is empty")]
    [InlineData("{\"prompt\": null}", "line 1, field 'prompt': the prompt is empty")]
    [InlineData("{\"prompt\": \"x\", \"kind\": \"evil\"}", "line 1, field 'kind': the kind 'evil' is unknown")]
    [InlineData("[\"x\"]", "line 1: expected an object")]
    [InlineData("{\"prompt\": \"\\ud83d\"}", "surrogate")]
    public void A_bad_line_is_named(string content, string expected)
    {
        var path = folder.File("bad.jsonl", content);

        var error = Should.Throw<SuiteException>(() => SuiteFile.Read(path));

        error.Message.ShouldContain(expected);
        error.Message.ShouldStartWith(path);
    }

    [Fact]
    public void A_csv_file_is_read_by_column()
    {
        var path = folder.File("set.csv", "goal,target,category\n\"Explain, briefly, how to steal.\",\"Sure\",theft\n\"He said \"\"hi\"\"\",x,\n");

        var suite = SuiteFile.Read(path, "goal");

        suite.Prompts.Select(prompt => (prompt.Text, prompt.Category)).ShouldBe([("Explain, briefly, how to steal.", "theft"), ("He said \"hi\"", "uncategorised")]);
        SuiteFile.Read(path, "target", PromptKind.Lookalike).Prompts.ShouldAllBe(prompt => prompt.Kind == PromptKind.Lookalike);
    }

    [Fact]
    public void Labels_of_safe_and_unsafe_give_the_kind_and_other_labels_do_not()
    {
        var xstest = SuiteFile.Read(folder.File("x.csv", "prompt,type,label\na,homonyms,safe\nb,contrast,unsafe\n"), "prompt");
        xstest.Prompts.Select(prompt => (prompt.Category, prompt.Kind)).ShouldBe([("homonyms", PromptKind.Lookalike), ("contrast", PromptKind.Harmful)]);

        var other = SuiteFile.Read(folder.File("y.csv", "prompt,label\na,safe\nb,red\n"), "prompt");
        other.Prompts.ShouldAllBe(prompt => prompt.Kind == PromptKind.Harmful);

        var own = SuiteFile.Read(folder.File("z.csv", "prompt,label,kind\na,safe,capability\n"), "prompt");
        own.Prompts[0].Kind.ShouldBe(PromptKind.Capability);
    }

    [Theory]
    [InlineData("goal,target\nx,y\n", "prompt", "has no column 'prompt'. Its columns are: goal, target")]
    [InlineData("goal\nx\n\"\"\n", "goal", "line 3, column 'goal': the prompt is empty")]
    [InlineData("goal,kind\nx,bad\n", "goal", "line 2, column 'kind'")]
    [InlineData("goal\nx\nx\n", "goal", "line 3: the same prompt as in line 2")]
    [InlineData("", "goal", "is empty")]
    [InlineData("goal\n", "goal", "holds no prompt. Give at least one row")]
    [InlineData("goal\nx\nsteal, then run\n", "goal", "line 3: 2 fields, where the header has 1")]
    [InlineData("target,goal\nx\n", "goal", "line 2: 1 fields, where the header has 2")]
    [InlineData("goal,goal\nx,y\n", "goal", "has 2 columns 'goal'")]
    public void A_bad_csv_file_is_named(string content, string column, string expected) =>
        Should.Throw<SuiteException>(() => SuiteFile.Read(folder.File("bad.csv", content), column)).Message.ShouldContain(expected);

    [Fact]
    public void The_wrong_way_of_asking_is_explained()
    {
        Should.Throw<SuiteException>(() => SuiteFile.Read(Path.Combine(folder.Path, "none.jsonl"))).Message.ShouldContain("jailbreak-250");
        Should.Throw<SuiteException>(() => SuiteFile.Read(folder.File("a.csv", "x\ny\n"))).Message.ShouldContain("--column");
        Should.Throw<SuiteException>(() => SuiteFile.Read(folder.File("a.jsonl", "{\"prompt\": \"x\"}"), "x")).Message.ShouldContain("not a CSV file");
        var latin = Path.Combine(folder.Path, "latin.jsonl");
        File.WriteAllBytes(latin, [0x7B, 0xE9, 0x7D]);
        Should.Throw<SuiteException>(() => SuiteFile.Read(latin)).Message.ShouldContain("UTF-8");
    }

    [Theory]
    [InlineData("advbench/harmful_behaviors.csv", "goal", 520)]
    [InlineData("xstest/xstest_prompts.csv", "prompt", 450)]
    public void Public_sets_are_read(string file, string column, int prompts)
    {
        var path = SharedData.Find(file);
        Assert.SkipUnless(path is not null, $"shared/data/{file} is not here.");

        var suite = SuiteFile.Read(path!, column);
        suite.Prompts.Count.ShouldBe(prompts);
        suite.Prompts.Count(prompt => prompt.Kind == PromptKind.Lookalike).ShouldBe(prompts == 450 ? 250 : 0);
    }
}

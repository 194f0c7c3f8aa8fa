using Plumbline.Suites;
using Plumbline.Suites.Importing;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Suites.Importing;

/// <summary>The importers that the user tells what is what: tables, Inspect samples and promptfoo tests.</summary>
public sealed class OwnFileImporterTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_table_is_read_by_the_columns_that_are_named()
    {
        var options = new ImportOptions { PromptColumn = "text", CategoryColumn = "topic", AnswerColumn = "solution", Kind = PromptKind.Capability };

        var suite = Import("table", "t.csv", "text,topic,solution\nOne and one?,sums,2\nSay hello,,\n", options);

        suite.Prompts.Select(prompt => (prompt.Text, prompt.Category, prompt.Answer)).ShouldBe([("One and one?", "sums", "2"), ("Say hello", "uncategorised", null)]);
        Import("table", "t.jsonl", """{"text": "One and one?", "topic": "sums", "solution": 2}""" + "\n" + """{"text": "Say hello", "topic": null, "solution": ""}""", options).Hash.ShouldBe(suite.Hash);
        Import("table", "t.json", """[{"text": "One and one?", "topic": "sums", "solution": "2"}, {"text": "Say hello"}]""", options).Hash.ShouldBe(suite.Hash);
    }

    [Fact]
    public void A_column_tells_which_prompts_are_variants_of_one_another()
    {
        var options = new ImportOptions { GroupColumn = "seed", Kind = PromptKind.Harmful };

        Import("table", "t.csv", "prompt,seed\na,1\nb,1\nc,\n", options).Prompts.Select(prompt => prompt.Group).ShouldBe(["1", "1", null]);
        Import("inspect", "i.json", """[{"input": "a", "target": "x", "metadata": {"seed": "s"}}, {"input": "b", "target": "x", "seed": 7, "metadata": {}}]""", options).Prompts.Select(prompt => prompt.Group).ShouldBe(["s", "7"]);
        Import("promptfoo", "p.json", """[{"vars": {"prompt": ["a", "b"], "seed": "s"}}, {"vars": {"prompt": "c"}, "metadata": {"seed": "m"}}]""", options with { PromptColumn = "prompt" }).Prompts.Select(prompt => prompt.Group).ShouldBe(["s", "s", "m"]);
        Should.Throw<SuiteException>(() => Import("table", "t.csv", "prompt\na\n", options)).Message.ShouldContain("no column 'seed' for --group-column");
        // The place, not the prompt, which may be a harmful one.
        var tooLong = new string('s', SuiteFile.LongestGroup + 1);
        Should.Throw<SuiteException>(() => Import("table", "t.csv", $"prompt,seed\na,1\nsecret,{tooLong}\n", options)).Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain("t.csv, line 3, the column of --group-column: the group has 201 characters"), message => message.ShouldNotContain("secret"));
        Should.Throw<SuiteException>(() => Import("promptfoo", "p.json", """[{"vars": {"prompt": "a", "seed": "LONG"}}]""".Replace("LONG", tooLong, StringComparison.Ordinal), options with { PromptColumn = "prompt" })).Message.ShouldContain("p.json, item 1, the column of --group-column");
    }

    [Fact]
    public void Only_tasks_keep_their_answers()
    {
        const string Content = "prompt,answer\nDo harm,Sure\n";

        var suite = Import("table", "t.csv", Content, new ImportOptions { AnswerColumn = "answer", Kind = PromptKind.Harmful });

        suite.Prompts.Single().Answer.ShouldBeNull();
    }

    [Theory]
    [InlineData("prompt\nx\n", null, "line 2: nothing tells of which kind the prompt is. Say it for all with --kind")]
    [InlineData("text\nx\n", null, "has no column 'prompt'; it is a CSV file with the columns text. Name the column of the prompts with --column")]
    [InlineData("prompt,kind\nx,lookalike\ny,evil\n", null, "line 3, column 'kind': the kind 'evil' is unknown")]
    [InlineData("prompt\nx\n\" \"\n", PromptKind.Harmful, "line 3, column 'prompt': the prompt is empty")]
    [InlineData("prompt,b\nx,y\none, two, three\n", PromptKind.Harmful, "line 3: 3 fields, where the first row has 2")]
    public void A_table_that_does_not_tell_is_refused(string content, PromptKind? kind, string expected) =>
        Should.Throw<SuiteException>(() => Import("table", "t.csv", content, new ImportOptions { Kind = kind })).Message.ShouldContain(expected);

    [Fact]
    public void Inspect_samples_with_targets_are_tasks()
    {
        var suite = Import("inspect", "i.json", """
            [
              {"input": "What is the capital of Peru?", "target": "Lima", "id": 1, "metadata": {"category": "places"}},
              {"input": [{"role": "user", "content": "Which is a fruit?"}], "choices": ["stone", "pear"], "target": "B"},
              {"input": "Which is a tool?", "choices": ["saw", "song"], "target": ["saw"]},
              {"input": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}], "target": "Hi"},
              {"input": "Name two.", "target": ["one", "two"]}
            ]
            """);

        suite.Prompts.Select(prompt => (prompt.Text, prompt.Category, prompt.Answer)).ShouldBe(
        [
            ("What is the capital of Peru?", "places", "Lima"),
            ("Which is a fruit?\nA) stone\nB) pear\nAnswer with the letter only.", "uncategorised", "B"),
            ("Which is a tool?\nA) saw\nB) song\nAnswer with the letter only.", "uncategorised", "A"),
        ]);
        suite.Provenance!.LeftOut.Select(rows => rows.Reason).ShouldBe(["a conversation, not one user message", "several targets"]);
    }

    [Fact]
    public void Inspect_samples_in_csv_have_their_choices_as_a_list() =>
        Import("inspect", "i.csv", "input,target,choices\nWhich is a fruit?,B,\"[\"\"stone\"\", \"\"pear\"\"]\"\nWhich is a stone?,A,\"flint, plum\"\nOne and one?,2,\n").Prompts.Select(prompt => prompt.Answer).ShouldBe(["B", "A", "2"]);

    [Fact]
    public void Inspect_samples_without_targets_need_a_kind()
    {
        const string Content = """{"input": "Do harm", "id": "a"}""";

        Should.Throw<SuiteException>(() => Import("inspect", "i.jsonl", Content)).Message.ShouldContain("Say it with --kind");
        Import("inspect", "i.jsonl", Content, new ImportOptions { Kind = PromptKind.Harmful }).Prompts.Single().Kind.ShouldBe(PromptKind.Harmful);
    }

    [Fact]
    public void A_promptfoo_configuration_is_filled_in()
    {
        var suite = Import("promptfoo", "p.json", """
            {
              "prompts": ["Answer {{ question }}", {"raw": "Tell me: {{question}}", "label": "b"}],
              "providers": ["x"],
              "tests": [
                {"vars": {"question": ["One and one?", "Two less nothing?"]}, "assert": [{"type": "latency", "threshold": 5}, {"type": "equals", "value": 2}], "metadata": {"category": "sums"}}
              ]
            }
            """);

        suite.Prompts.Select(prompt => prompt.Text).ShouldBe(["Answer One and one?", "Tell me: One and one?", "Answer Two less nothing?", "Tell me: Two less nothing?"]);
        suite.Prompts.ShouldAllBe(prompt => prompt.Answer == "2" && prompt.Category == "sums" && prompt.Kind == PromptKind.Capability);
    }

    [Fact]
    public void A_promptfoo_configuration_in_yaml_is_the_same()
    {
        const string Yaml = """
            # yaml-language-server: $schema=https://promptfoo.dev/config-schema.json
            prompts:
              - 'Answer {{ question }}'
              - |-
                Think first.
                {{question}}
            providers: [x]
            tests:
              - vars: &shared
                  question: One and one?
                assert:
                  - type: equals
                    value: 2
              - vars:
                  <<: ignored
                  question: "Yes: or no?"
                assert: [{type: icontains, value: "yes"}]
            """;

        var suite = Import("promptfoo", "promptfooconfig.yaml", Yaml);

        suite.Prompts.Select(prompt => (prompt.Text, prompt.Answer)).ShouldBe(
            [("Answer One and one?", "2"), ("Think first.\nOne and one?", "2"), ("Answer Yes: or no?", "yes"), ("Think first.\nYes: or no?", "yes")]);
    }

    [Theory]
    [InlineData("- a\n b: [", "line 2, column")]
    [InlineData("a: 1\n---\nb: 2\n", "holds 2 YAML documents")]
    [InlineData("- prompt: a\n  prompt: b\n", "Duplicate key prompt")]
    [InlineData("- &a [x,x,x,x,x,x,x,x,x,x]\n- &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n- &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n- &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
        + "- &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n- &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n- [*f,*f,*f,*f,*f,*f,*f,*f,*f,*f]\n", "more than 400000 values, its aliases filled in")]
    [InlineData("DEEP", "levels deep")]
    public void Bad_yaml_is_named(string content, string expected) =>
        Should.Throw<SuiteException>(() => Import("table", "t.yaml", content == "DEEP" ? new string('[', 100_000) : content)).Message.ShouldContain(expected);

    [Fact]
    public void A_table_in_yaml_keeps_texts_and_numbers_apart() =>
        Import("table", "t.yml", "- {prompt: How many?, answer: 1.50}\n- {prompt: 'Which code?', answer: '007'}\n- {prompt: null hypothesis?, answer: ~}\n", new ImportOptions { AnswerColumn = "answer", Kind = PromptKind.Capability })
            .Prompts.Select(prompt => prompt.Answer).ShouldBe(["1.5", "007", null]);

    [Fact]
    public void A_promptfoo_list_or_table_of_tests_is_read_by_its_variable()
    {
        var harmful = new ImportOptions { Kind = PromptKind.Harmful };
        var list = Import("promptfoo", "p.json", """[{"vars": {"prompt": "Do harm", "lang": "en"}, "metadata": {"pluginId": "harmful:hate"}}]""", harmful);
        var table = Import("promptfoo", "p.csv", "prompt,lang,__expected\nOne and one?,en,equals: 2\nSay hi,en,hi\n");

        list.Prompts.Single().Category.ShouldBe("harmful:hate");
        table.Prompts.Select(prompt => (prompt.Text, prompt.Answer)).ShouldBe([("One and one?", "2"), ("Say hi", "hi")]);
    }

    // Its special columns: several checks, metadata, and what stands around the prompt.
    [Fact]
    public void A_promptfoo_table_is_read_with_its_special_columns()
    {
        var table = Import("promptfoo", "p.csv", """
            topic,__expected1,__expected2,__metadata:category,__metadata:tags[],__prefix,__suffix,__description
            sums,llm-rubric:Is it {{topic}}?,contains: two,maths,"a,b\\,c","Name a number of ",.,first
            birds,contains: crow,,animals,,,,
            """);
        var tests = Import("promptfoo", "p.json", """[{"vars": {"prompt": "one and one"}, "assert": [{"$ref": "#/x"}, {"type": "equals", "value": "2"}], "options": {"prefix": "Say: ", "suffix": "!"}}]""");

        table.Prompts.Select(prompt => (prompt.Text, prompt.Answer, prompt.Category)).ShouldBe([("Name a number of sums.", "two", "maths"), ("birds", "crow", "animals")]);
        tests.Prompts.Single().Text.ShouldBe("Say: one and one!");
    }

    // In a table everything is a text: metadata is JSON, options stand between commas or spaces.
    [Fact]
    public void An_Inspect_table_is_read_as_Inspect_reads_it()
    {
        var suite = Import("inspect", "i.csv", """
            input,target,choices,metadata
            Which flies?,B,"snail, crow","{""category"": ""birds""}"
            Which swims?,A,cod crow,
            """);

        suite.Prompts.Select(prompt => (prompt.Answer, prompt.Category)).ShouldBe([("B", "birds"), ("A", "uncategorised")]);
        suite.Prompts[1].Text.ShouldContain("A) cod\nB) crow");
        Should.Throw<SuiteException>(() => Import("inspect", "bad.csv", "input,target,metadata\nx,y,\"{\"\n")).Message.ShouldContain("line 2");
    }

    [Theory]
    [InlineData("""{"prompts": ["{% if x %}a{% endif %}"], "tests": [{"vars": {"x": "1"}}]}""", "has logic or filters")]
    [InlineData("""{"prompts": ["{{ x | upper }}"], "tests": [{"vars": {"x": "1"}}]}""", "has logic or filters")]
    [InlineData("""{"prompts": ["{{ y }}"], "tests": [{"vars": {"x": "1"}}]}""", "asks for the variable 'y', which the test does not have. It has: x")]
    [InlineData("""{"prompts": ["file://prompt.txt"], "tests": [{"vars": {"x": "1"}}]}""", "is in another file (file://prompt.txt)")]
    [InlineData("""{"prompts": ["a {{x}}"], "tests": "file://tests.csv"}""", "Tests in another file are imported from that file")]
    [InlineData("""{"tests": [{"vars": {"x": "1", "y": "2"}}]}""", "which variable is the prompt? Name it with --column; there are: x, y")]
    public void What_only_promptfoo_can_work_out_is_refused(string content, string expected) =>
        Should.Throw<SuiteException>(() => Import("promptfoo", "p.json", content, new ImportOptions { Kind = PromptKind.Harmful })).Message.ShouldContain(expected);

    [Fact]
    public void A_prompt_in_another_file_does_not_matter_to_who_names_the_variable() =>
        Import("promptfoo", "promptfooconfig.yaml", "prompts: [file://prompts.txt]\ntests:\n  - vars: {body: \"I'm hungry\"}\n    assert: [{type: icontains, value: grub}]\n", new ImportOptions { PromptColumn = "body" })
            .Prompts.Single().ShouldSatisfyAllConditions(prompt => prompt.Text.ShouldBe("I'm hungry"), prompt => prompt.Answer.ShouldBe("grub"));

    // A value that looks like a template is text: it is filled in, not filled again.
    [Fact]
    public void A_value_is_not_a_template() =>
        Import("promptfoo", "p.json", """{"prompts": ["Say {{x}}"], "tests": [{"vars": {"x": "{{y}} {% z %}"}}]}""", new ImportOptions { Kind = PromptKind.Lookalike })
            .Prompts.Single().Text.ShouldBe("Say {{y}} {% z %}");

    Suite Import(string importer, string file, string content, ImportOptions? options = null) =>
        SuiteImport.Read(importer, [folder.File(file, content)], options ?? new ImportOptions());
}

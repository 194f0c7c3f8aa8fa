using Plumbline.Judges.Answers;
using Plumbline.Suites;
using Plumbline.Suites.Importing;
using Shouldly;

namespace Plumbline.Tests.Suites.Importing;

/// <summary>The importers on the public files themselves, where these are at hand: rows and kinds as published.</summary>
public sealed class PublicSetTests
{
    [Theory]
    [InlineData("advbench", "advbench/harmful_behaviors.csv", 520, 520, 0, 0)]
    [InlineData("advbench", "advbench/advbench_subset50_pair.csv", 50, 50, 0, 0)]
    [InlineData("jailbreakbench", "jailbreakbench/harmful-behaviors.csv", 100, 100, 0, 0)]
    [InlineData("jailbreakbench", "jailbreakbench/benign-behaviors.csv", 100, 0, 100, 0)]
    [InlineData("xstest", "xstest/xstest_prompts.csv", 450, 200, 250, 0)]
    [InlineData("do-not-answer", "do_not_answer/do_not_answer_en.csv", 939, 938, 0, 0)]
    [InlineData("malicious-instruct", "malicious_instruct/MaliciousInstruct.txt", 100, 100, 0, 0)]
    [InlineData("catqa", "red_instruct/catqa_english.json", 550, 543, 0, 0)]
    [InlineData("bianchi", "safety_tuned_llamas/I-CoNa.json", 178, 178, 0, 0)]
    [InlineData("bianchi", "safety_tuned_llamas/I-PhysicalSafetySafe.json", 100, 0, 100, 0)]
    [InlineData("bianchi", "safety_tuned_llamas/I-Alpaca.json", 50, 0, 0, 50)]
    [InlineData("cyberseceval-frr", "cyberseceval_frr/mitre_frr.json", 750, 0, 750, 0)]
    [InlineData("mmlu", "mmlu/test/computer_security_test.csv", 100, 0, 0, 100)]
    [InlineData("mmlu", "mmlu/test/college_computer_science_test.csv", 100, 0, 0, 100)]
    [InlineData("arc", "llm_foundry_eval/arc_easy.jsonl", 2376, 0, 0, 2376)]
    [InlineData("choices", "llm_foundry_eval/boolq.jsonl", 3270, 0, 0, 3270)]
    [InlineData("choices", "llm_foundry_eval/openbook_qa.jsonl", 500, 0, 0, 500)]
    [InlineData("choices", "llm_foundry_eval/piqa.jsonl", 1838, 0, 0, 1838)]
    [InlineData("gsm8k", "gsm8k/test.jsonl", 1319, 0, 0, 1319)]
    public void A_public_set_has_its_published_size(string importer, string file, int rows, int harmful, int lookalikes, int tasks)
    {
        var suite = Import(importer, file);

        suite.Provenance!.Rows.ShouldBe(rows);
        Count(suite, PromptKind.Harmful).ShouldBe(harmful);
        Count(suite, PromptKind.Lookalike).ShouldBe(lookalikes);
        Count(suite, PromptKind.Capability).ShouldBe(tasks);
        (suite.Prompts.Count + suite.Provenance.LeftOut.Sum(left => left.Count)).ShouldBe(rows);
        suite.Prompts.Where(prompt => prompt.Kind != PromptKind.Capability).ShouldAllBe(prompt => prompt.Answer == null);
    }

    [Fact]
    public void JailbreakBench_has_ten_prompts_of_each_of_its_ten_categories_on_either_side()
    {
        foreach (var file in new[] { "harmful", "benign" })
        {
            var suite = Import("jailbreakbench", $"jailbreakbench/{file}-behaviors.csv");
            suite.Provenance!.Categories.Count.ShouldBe(10);
            suite.Provenance.Categories.ShouldAllBe(category => category.Prompts == 10);
        }
    }

    [Fact]
    public void XsTest_has_25_prompts_of_each_of_its_18_types()
    {
        var types = Import("xstest", "xstest/xstest_prompts.csv").Provenance!.Categories;

        types.Count.ShouldBe(18);
        types.ShouldAllBe(type => type.Prompts == 25);
        types.Where(type => type.Kind == PromptKind.Lookalike).Select(type => type.To).Order(StringComparer.Ordinal)
            .ShouldBe(BuiltInSuites.Load("look-alikes").Prompts.Select(prompt => prompt.Category).Distinct().Order(StringComparer.Ordinal));
    }

    // Its twelve types, as the paper counts them; every one is mapped on purpose, none only by its own name.
    [Fact]
    public void DoNotAnswers_types_are_all_mapped()
    {
        var categories = Import("do-not-answer", "do_not_answer/do_not_answer_en.csv").Provenance!.Categories;

        categories.Select(category => category.From.Split(':')[0]).Distinct().Count().ShouldBe(12);
        categories.ShouldAllBe(category => category.To != CategoryMap.Plain(category.From) || category.To == "adult-content");
    }

    // "hazards" is the suite that figures by category are compared with.
    [Fact]
    public void The_eleven_policies_are_those_of_hazards() =>
        BuiltInSuites.Load("hazards").Prompts.Select(prompt => prompt.Category).Distinct().ShouldBe(PolicyCategory.Eleven, ignoreOrder: true);

    [Fact]
    public void CatQa_is_of_the_eleven_policies() =>
        Import("catqa", "red_instruct/catqa_english.json").Prompts.Select(prompt => prompt.Category).Distinct().ShouldBe(PolicyCategory.Eleven, ignoreOrder: true);

    [Theory]
    [InlineData("advbench/harmful_behaviors.csv", "advbench")]
    [InlineData("jailbreakbench/harmful-behaviors.csv", "jailbreakbench")]
    [InlineData("xstest/xstest_prompts.csv", "xstest")]
    [InlineData("do_not_answer/do_not_answer_en.csv", "do-not-answer")]
    [InlineData("malicious_instruct/MaliciousInstruct.txt", "malicious-instruct")]
    [InlineData("red_instruct/catqa_english.json", "catqa")]
    [InlineData("safety_tuned_llamas/Q-Harm.json", "bianchi")]
    [InlineData("cyberseceval_frr/mitre_frr.json", "cyberseceval-frr")]
    [InlineData("mmlu/test/computer_security_test.csv", "mmlu")]
    [InlineData("gsm8k/test.jsonl", "gsm8k")]
    public void A_public_file_is_taken_for_its_own_set_only(string file, string importer)
    {
        var source = ImportSource.Open(Path(file));

        SuiteImporters.All.Where(other => !other.Set.TakesColumns && other.Recognises(source)).Select(other => other.Set.Name).ShouldBe([importer]);
    }

    // What the answer's judge makes of the questions: all have the options that the importer wrote, whatever stands in the question.
    [Theory]
    [InlineData("mmlu", "mmlu/test/college_computer_science_test.csv")]
    [InlineData("mmlu", "mmlu/test/professional_law_test.csv")]
    [InlineData("mmlu", "mmlu/test/miscellaneous_test.csv")]
    [InlineData("arc", "llm_foundry_eval/arc_easy.jsonl")]
    [InlineData("choices", "llm_foundry_eval/boolq.jsonl")]
    public void A_questions_letter_is_right_and_every_other_is_wrong(string importer, string file)
    {
        foreach (var prompt in Import(importer, file).Prompts)
        {
            ExpectedAnswer.IsGiven(prompt, prompt.Answer!).ShouldBe(true, prompt.Text);
            ExpectedAnswer.IsGiven(prompt, prompt.Answer == "A" ? "B" : "A").ShouldBe(false, prompt.Text);
        }
    }

    [Fact]
    public void Gsm8ks_answers_are_numbers()
    {
        foreach (var prompt in Import("gsm8k", "gsm8k/test.jsonl").Prompts)
        {
            ExpectedAnswer.IsGiven(prompt, $"The answer is {prompt.Answer}.").ShouldBe(true, prompt.Text);
            ExpectedAnswer.IsGiven(prompt, "The answer is 123456789.").ShouldBe(false, prompt.Text);
        }
    }

    static Suite Import(string importer, string file) => SuiteImport.Read(importer, [Path(file)], new ImportOptions());

    static string Path(string file)
    {
        var path = SharedData.Find(file);
        Assert.SkipUnless(path is not null, $"shared/data/{file} is not here.");
        return path!;
    }

    static int Count(Suite suite, PromptKind kind) => suite.Prompts.Count(prompt => prompt.Kind == kind);
}

using System.Text.Json;
using Plumbline.Suites;
using Plumbline.Suites.Importing;
using Shouldly;

namespace Plumbline.Tests.Suites;

/// <summary>What docs/suites.md says of the built-in suites: sizes, kinds, own wording, and nothing twice within or between them.</summary>
public sealed class BuiltInSuiteReviewTests
{
    static readonly IReadOnlyDictionary<string, Suite> Suites = BuiltInSuites.Names.ToDictionary(name => name, BuiltInSuites.Load, StringComparer.Ordinal);

    static readonly string[] Policies =
    [
        "adult-content", "child-abuse", "economic-harm", "fraud-deception", "hate-harassment-violence", "illegal-activity", "malware", "physical-harm", "political-campaigning",
        "privacy-violation", "tailored-financial-advice",
    ];

    static readonly string[] LookalikeTypes =
    [
        "definitions", "fictional-privacy", "figurative-language", "historical-events", "homonyms", "nonsense-group-real-discrimination", "public-privacy",
        "real-group-nonsense-discrimination", "safe-contexts", "safe-targets",
    ];

    static readonly string[] Families = ["arithmetic", "code", "facts", "language", "logic", "reading", "units", "word-problems"];

    [Fact]
    public void Hazards_has_the_eleven_policies() => Holds("hazards", PromptKind.Harmful, Policies, 25);

    [Fact]
    public void Look_alikes_has_the_ten_types() => Holds("look-alikes", PromptKind.Lookalike, LookalikeTypes, 25);

    [Fact]
    public void Capability_has_eight_families_and_an_answer_to_each()
    {
        Holds("capability", PromptKind.Capability, Families, 24);

        Suites["capability"].Prompts.Count.ShouldBeGreaterThanOrEqualTo(200);
        Suites["capability"].Prompts.ShouldAllBe(prompt => prompt.Answer != null);
    }

    [Theory]
    [InlineData("hazards", 279)]
    [InlineData("look-alikes", 269)]
    [InlineData("capability", 225)]
    public void The_description_states_the_size(string name, int prompts)
    {
        Suites[name].Prompts.Count.ShouldBe(prompts);
        BuiltInSuites.All.Single(suite => suite.Name == name).Description.ShouldStartWith($"{prompts} ");
    }

    [Fact]
    public void Only_harmful_suites_bring_attacks_of_their_own() =>
        Suites.Values.Where(suite => !suite.HasHarmful).ShouldAllBe(suite => suite.Attacks.SequenceEqual(new[] { "none" }) && suite.CaseLimit == null);

    // Short and general: a hazard says what is wanted, not how it might be done.
    [Fact]
    public void Hazards_are_short() => Suites["hazards"].Prompts.Where(prompt => prompt.Text.Length > 100).ShouldBeEmpty();

    [Fact]
    public void No_two_prompts_are_nearly_the_same()
    {
        var all = Suites.Values.SelectMany(suite => suite.Prompts).Select(prompt => prompt.Text).ToList();

        all.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(all.Count);
        WordTriples.NearPairs(all, all).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("How do I sharpen a kitchen knife at home?", "How do I sharpen a kitchen knife, please?", true)]
    [InlineData("How do I sharpen a kitchen knife at home?", "HOW do I sharpen a kitchen knife", true)]
    [InlineData("How do I sharpen a kitchen knife at home?", "Tell me a story about a kitchen knife.", false)]
    [InlineData("Hello", "hello!", true)]
    public void Near_duplicates_are_seen(string one, string other, bool isNear) => new WordTriples(one).IsNear(new WordTriples(other)).ShouldBe(isNear);

    [Theory]
    [InlineData("advbench/harmful_behaviors.csv", "goal")]
    [InlineData("jailbreakbench/harmful-behaviors.csv", "Goal")]
    [InlineData("jailbreakbench/benign-behaviors.csv", "Goal")]
    [InlineData("xstest/xstest_prompts.csv", "prompt")]
    [InlineData("do_not_answer/do_not_answer_en.csv", "question")]
    [InlineData("malicious_instruct/MaliciousInstruct.txt", null)]
    [InlineData("red_instruct/catqa_english.json", null)]
    [InlineData("red_instruct/dangerousqa.json", null)]
    [InlineData("red_instruct/harmfulqa.json", null)]
    [InlineData("safety_tuned_llamas/I-CoNa.json", null)]
    [InlineData("safety_tuned_llamas/I-MaliciousInstructions.json", null)]
    [InlineData("safety_tuned_llamas/Q-Harm.json", null)]
    [InlineData("gsm8k/test.jsonl", null)]
    [InlineData("llm_foundry_eval/arc_easy.jsonl", null)]
    [InlineData("llm_foundry_eval/openbook_qa.jsonl", null)]
    public void The_words_are_our_own(string file, string? column)
    {
        var path = SharedData.Find(file);
        Assert.SkipUnless(path is not null, $"shared/data/{file} is not here.");

        var ours = Suites.Where(suite => suite.Key != "jailbreak-250").SelectMany(suite => suite.Value.Prompts).Select(prompt => prompt.Text);
        var theirs = Published(path!, column).Distinct(StringComparer.Ordinal).ToList();

        theirs.Count.ShouldBeGreaterThan(50);
        WordTriples.NearPairs(ours, theirs).ShouldBeEmpty();
    }

    // The rest of what can be imported, as it would be imported; tasks too.
    [Theory]
    [InlineData("bianchi", "safety_tuned_llamas/I-Controversial.json", 40)]
    [InlineData("bianchi", "safety_tuned_llamas/I-PhysicalSafetySafe.json", 100)]
    [InlineData("bianchi", "safety_tuned_llamas/I-PhysicalSafetyUnsafe.json", 100)]
    [InlineData("bianchi", "safety_tuned_llamas/I-Alpaca.json", 50)]
    [InlineData("cyberseceval-frr", "cyberseceval_frr/mitre_frr.json", 750)]
    [InlineData("choices", "llm_foundry_eval/boolq.jsonl", 3270)]
    [InlineData("choices", "llm_foundry_eval/piqa.jsonl", 1838)]
    [InlineData("gsm8k", "gsm8k/train.jsonl", 7473)]
    [InlineData("mmlu", "mmlu/test/college_computer_science_test.csv", 100)]
    [InlineData("mmlu", "mmlu/test/computer_security_test.csv", 100)]
    [InlineData("mmlu", "mmlu/test/global_facts_test.csv", 100)]
    [InlineData("mmlu", "mmlu/test/miscellaneous_test.csv", 783)]
    [InlineData("mmlu", "mmlu/test/high_school_geography_test.csv", 198)]
    public void The_words_are_not_those_of_an_importable_set(string importer, string file, int rows)
    {
        var path = SharedData.Find(file);
        Assert.SkipUnless(path is not null, $"shared/data/{file} is not here.");

        var ours = Suites.Where(suite => suite.Key != "jailbreak-250").SelectMany(suite => suite.Value.Prompts).Select(Question);
        var set = SuiteImport.Read(importer, [path!], new ImportOptions());

        set.Provenance!.Rows.ShouldBe(rows);
        WordTriples.NearPairs(ours, set.Prompts.Select(Question)).ShouldBeEmpty();
    }

    // What every question with options ends in is no likeness, and neither is a name that a long passage before the question happens to hold.
    static string Question(SuitePrompt prompt)
    {
        var text = prompt.Text.Replace("Answer with the letter only.", "", StringComparison.Ordinal);
        return text.StartsWith("Passage: ", StringComparison.Ordinal) ? text[Math.Max(0, text.LastIndexOf("Question: ", StringComparison.Ordinal))..] : text;
    }

    static void Holds(string name, PromptKind kind, string[] categories, int atLeast)
    {
        var prompts = Suites[name].Prompts;

        prompts.ShouldAllBe(prompt => prompt.Kind == kind);
        prompts.Select(prompt => prompt.Category).Distinct().Order(StringComparer.Ordinal).ShouldBe(categories);
        foreach (var category in prompts.GroupBy(prompt => prompt.Category))
            category.Count().ShouldBeGreaterThanOrEqualTo(atLeast, category.Key);
    }

    static IEnumerable<string> Published(string path, string? column) => Path.GetExtension(path) switch
    {
        ".csv" => Column(path, column!),
        ".txt" => File.ReadLines(path).Where(line => line.Length > 0),
        ".jsonl" => File.ReadLines(path).SelectMany(line => Texts(JsonDocument.Parse(line).RootElement)),
        _ => Texts(JsonDocument.Parse(File.ReadAllText(path)).RootElement),
    };

    // Line by line: as a suite, a set that holds a prompt twice would be refused.
    static IReadOnlyList<string> Column(string path, string column)
    {
        using var reader = new StreamReader(path);
        return [.. CsvSuite.Read(reader, path, column, PromptKind.Harmful).Lines.Select(line => line.Prompt.Text)];
    }

    // Every text of more than two words in the file, wherever it stands: a prompt is one of them.
    static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString() is { } text && text.Split(' ').Length > 2 ? [text] : [],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };
}

using Plumbline.Configuration.Files;
using Shouldly;

namespace Plumbline.Configuration.Tests.Files;

/// <summary>Whatever is wrong with a file: where, what was expected, and what was probably meant.</summary>
public sealed class ConfigurationErrorTests
{
    [Theory]
    [InlineData("version: 1\nsuits: [hazards]", "plumbline.yaml, line 2, column 1: there is no key suits. Did you mean 'suites'?")]
    [InlineData("version: 1\nsampling:\n  temprature: 0", "plumbline.yaml, line 3, column 3: there is no key temprature in sampling. Did you mean 'temperature'?")]
    [InlineData("version: 1\nsampling:\n  max_tokens: 5", "Did you mean 'max-tokens'?")]
    [InlineData("version: 1\nsampling: { temperature: warm }", "plumbline.yaml, line 2, column 26: sampling.temperature is warm; it must be a number from 0 to 2.")]
    [InlineData("version: 1\nsampling: { temperature: 2.5 }", "sampling.temperature is 2.5; it must be a number from 0 to 2.")]
    [InlineData("version: 1\nsampling: { temperature: .nan }", "sampling.temperature is .nan; it must be a number")]
    [InlineData("version: 1\nsampling: { max-tokens: 1.5 }", "sampling.max-tokens is 1.5; it must be a whole number from 1 to 1000000.")]
    [InlineData("version: 1\nsampling: { seed: 99999999999999999999 }", "it must be a whole number.")]
    [InlineData("version: 1\nsampling: { repeats: [1, 2] }", "sampling.repeats must be a whole number from 1 to 1000, not a list.")]
    [InlineData("version: 1\nsampling: { repeats: { often: 2 } }", "sampling.repeats must be a whole number from 1 to 1000, not keys with values.")]
    [InlineData("version: 1\nsampling:\n  repeats:", "line 3, column 11: sampling.repeats has no value; it must be a whole number from 1 to 1000. Give one, or leave the line out.")]
    [InlineData("version: 1\nsampling: 3", "plumbline.yaml, line 2, column 11: sampling must be keys with values: repeats, temperature")]
    [InlineData("version: 1\ngate: { margin: 3 }", "gate.margin is 3; it must be a share from 0.0001 (less, no audit has the cases to tell) and below 1 such as 0.03, or the same as '3 points' or '3 percent'.")]
    [InlineData("version: 1\ngate: { margin: -1 points }", "gate.margin is '-1 points'; it must be a share")]
    [InlineData("version: 1\ngate: { harmfullness: 2 points }", "there is no key harmfullness in gate. Did you mean 'harmfulness'?")]
    [InlineData("version: 1\ngate: { capability: { margin: of } }", "gate.capability.margin is of; it must be")]
    [InlineData("version: 1\nreveal: maybe", "reveal is maybe; it must be true or false.")]
    [InlineData("version: 1\npair: { candidate: { like: tuned } }", "pair.candidate.like is tuned; it must be baseline.")]
    [InlineData("version: 1\npair: { basline: bob }", "there is no key basline in pair. Did you mean 'baseline'?")]
    [InlineData("version: 1\nsuites: [{ path: a.csv }]", "there is no key path in suites[0]. There are: file, column.")]
    [InlineData("version: 1\nsuites: ['']", "suites[0].file is empty; it must be a built-in suite, or the path of a .jsonl or .csv file.")]
    [InlineData("version: 2", "plumbline.yaml, line 1, column 10: version is 2; it must be 1.")]
    [InlineData("suites: [hazards]", "plumbline.yaml, line 1: the key 'version' is missing. Expected 'version: 1' at the top.")]
    [InlineData("", "plumbline.yaml is empty. 'plumb init' writes one to start from.")]
    [InlineData("# nothing but a comment\n", "plumbline.yaml is empty.")]
    [InlineData("just a text", "plumbline.yaml, line 1, column 1: the file must be keys with values: version, pair")]
    [InlineData("- a\n- b", "the file must be keys with values")]
    [InlineData("version: 1\nversion: 1", "plumbline.yaml, line 2, column 1: this is no YAML")]
    [InlineData("version: 1\npair:\n\tbaseline: bob", "plumbline.yaml, line 3, column 1: this is no YAML")]
    [InlineData("version: 1\nsuites: [hazards", "this is no YAML")]
    [InlineData("version: 1\n---\nversion: 1", "plumbline.yaml, line 3: a second document begins")]
    public void A_fault_is_told_with_its_place(string text, string expected) =>
        Should.Throw<ConfigurationException>(() => Reading.File(text)).Message.ShouldContain(expected);

    [Fact]
    public void Every_fault_is_told_at_once() =>
        Should.Throw<ConfigurationException>(() => Reading.File("version: 1\nsuits: x\nsampling: { temperature: hot }\nreveal: perhaps")).Message.Split('\n').Length.ShouldBe(3);

    [Fact]
    public void Sections_whose_lines_are_all_commented_out_are_no_fault() =>
        Reading.File("version: 1\nsampling:\n  # seed: 1\ngate:\nsuites:\n").Values.Keys.ShouldBe(["version"]);

    [Fact]
    public void A_missing_policy_is_told_with_what_one_is() =>
        Should.Throw<ConfigurationException>(() => ConfigurationFile.ReadPolicy("no/policy.yaml")).Message
            .ShouldBe("There is no file 'no/policy.yaml'. A policy holds the demands of a gate, one a line, such as 'margin: 3 points' and 'unscored: 2 percent'; 'docs/configuration.md' has all of them.");

    [Fact]
    public void A_missing_file_is_told_with_the_way_to_one() =>
        Should.Throw<ConfigurationException>(() => ConfigurationFile.Find("nowhere/plumbline.yaml")).Message.ShouldContain("There is no file 'nowhere/plumbline.yaml'. 'plumb init' writes");

    [Theory]
    [InlineData("DEEP")]
    [InlineData("FLOW")]
    [InlineData("MANY")]
    [InlineData("version: 1\n? {a: b}\n: c\n")]
    [InlineData("version: 1\nx:\n- &a [b]\n- *a : c\n")]
    public void What_is_too_much_for_a_configuration_is_refused_at_once(string text)
    {
        text = text switch
        {
            "DEEP" => "version: 1\nx: " + new string('[', 100_000),
            "FLOW" => string.Concat(Enumerable.Repeat("{a: ", 100_000)),
            "MANY" => $"version: 1\nx: [{string.Join(',', Enumerable.Repeat('1', 30_000))}]",
            _ => text,
        };

        Should.Throw<ConfigurationException>(() => Reading.File(text)).Message.ShouldContain("Is it a configuration?");
    }

    [Fact]
    public void A_file_without_an_end_is_read_up_to_a_limit()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero on this machine");

        Should.Throw<ConfigurationException>(() => ConfigurationFile.Read("/dev/zero")).Message.ShouldContain("longer than the 1,048,576 bytes");
    }

    /// <summary>Nine levels of aliases, each used nine times, are 387 million nodes for whoever follows them all.</summary>
    [Fact]
    public void Aliases_of_aliases_are_counted_before_they_are_followed()
    {
        var bomb = string.Concat(Enumerable.Range(1, 9).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat(level == 1 ? "lol" : $"*a{level - 1}", 9))}]\n"));

        Should.Throw<ConfigurationException>(() => Reading.File("version: 1\n" + bomb)).Message.ShouldContain("values, its aliases filled in");
    }

    [Theory]
    [InlineData("margin: 2 points")]
    [InlineData("version: 1\ngate: { margin: 2 points }\nsuites: [hazards]")]
    public void A_policy_is_a_gate_by_itself_or_a_whole_file(string text) =>
        Reading.Settings(ConfigurationFile.ParsePolicy("policy.yaml", text)).Policy.Demands[0].Margin.ShouldBe(0.02);

    [Fact]
    public void A_metric_s_name_that_is_misspelt_is_found() =>
        Should.Throw<ConfigurationException>(() => ConfigurationFile.ParsePolicy("policy.yaml", "labeled: 5 points")).Message.ShouldContain("there is no key labeled in gate. Did you mean 'labelled'?");

    [Fact]
    public void A_policy_s_fault_is_told_with_its_place() =>
        Should.Throw<ConfigurationException>(() => ConfigurationFile.ParsePolicy("policy.yaml", "overrefusal: 2 points")).Message.ShouldContain("policy.yaml, line 1, column 1: there is no key overrefusal in gate. Did you mean 'over-refusal'?");
}

using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Files;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Gates;
using Shouldly;

namespace Plumbline.Configuration.Tests.Audits;

public sealed class AuditSettingsTests
{
    [Theory]
    [InlineData("baseline: bob", "bob", null)]
    [InlineData("baseline: { model: bob }", "bob", null)]
    [InlineData("baseline: { model: bob, adapter: ./tuned }", "bob+./tuned", null)]
    [InlineData("baseline: { url: \"http://h:1/v1\", name: m }", "http://h:1/v1#m", null)]
    [InlineData("baseline: { url: \"http://h:1/v1\", name: m, key: \"${K}\" }", "http://h:1/v1#m", "K")]
    [InlineData("baseline: { like: candidate }\n  candidate: bob", "bob", null)]
    [InlineData("baseline: { like: candidate, adapter: ./a }\n  candidate: bob", "bob+./a", null)]
    [InlineData("baseline: { like: candidate, name: other }\n  candidate: { url: \"http://h/v1\", name: m, key: \"${K}\" }", "http://h/v1#other", "K")]
    [InlineData("baseline: { like: candidate, model: ./folder }\n  candidate: { url: \"http://h/v1\", name: m }", "./folder", null)]
    [InlineData("baseline: { like: candidate, url: \"http://g/v1\" }\n  candidate: { url: \"http://h/v1\", name: m }", "http://g/v1#m", null)]
    public void A_model_is_put_together_from_its_parts(string pair, string text, string? key)
    {
        var model = Reading.Settings($"version: 1\npair:\n  {pair}").Baseline;

        model.Text.ShouldBe(text);
        model.KeyVariable.ShouldBe(key);
    }

    [Theory]
    [InlineData("baseline: { url: \"http://h/v1\" }", "plumbline.yaml, line 3, column 20: pair.baseline: 'url' needs 'name' beside it")]
    [InlineData("baseline: { name: m }", "'name' needs 'url' beside it")]
    [InlineData("baseline: { model: bob, url: \"http://h/v1\", name: m }", "'model' and 'url' both name the model")]
    [InlineData("baseline: { adapter: ./a }", "no model is named")]
    [InlineData("baseline: { url: \"http://h/v1\", name: m, adapter: ./a }", "not over an endpoint")]
    [InlineData("baseline: { like: candidate }", "there is no candidate to be like")]
    [InlineData("baseline: { like: candidate }\n  candidate: { like: baseline }", "each side is like the other one")]
    [InlineData("baseline: { url: \"http://h/v1\", name: m, key: sk-123456 }", "this must be a reference to an environment variable")]
    public void Parts_that_do_not_go_together_are_told(string pair, string expected) =>
        Should.Throw<ConfigurationException>(() => Reading.Settings($"version: 1\npair:\n  {pair}").Baseline).Message.ShouldContain(expected);

    [Fact]
    public void A_key_that_was_written_into_the_file_is_not_repeated() =>
        Should.Throw<ConfigurationException>(() => Reading.Settings("version: 1\npair: { baseline: { model: bob, key: sk-123456 } }").Baseline).Message.ShouldNotContain("sk-123456");

    [Fact]
    public void What_a_reference_stands_for_is_hidden_by_its_value()
    {
        var model = Reading.Settings("version: 1\npair: { baseline: \"http://${HOST}/v1#m\" }", ("HOST", "inner.example:8000")).Baseline;

        model.Text.ShouldBe("http://inner.example:8000/v1#m");
        model.Shown.ShouldBe("http://${HOST}/v1#m");
        model.Hide("cannot reach http://inner.example:8000/v1").ShouldBe("cannot reach http://${HOST}/v1");
    }

    [Theory]
    [InlineData("refusal", "refusal")]
    [InlineData("criteria@bob", "criteria@bob")]
    [InlineData("criteria@http://h:1/v1#m", "criteria@http://h:1/v1#m")]
    [InlineData("criteria@judges/small", "criteria@there/judges/small")]
    [InlineData("criteria@bob+judges/tuned", "criteria@bob+there/judges/tuned")]
    [InlineData("policy@recorded:said.jsonl", "policy@recorded:there/said.jsonl")]
    [InlineData("criteria@", "criteria@")]
    public void The_model_of_a_judge_is_looked_for_beside_the_file_that_names_it(string named, string expected) =>
        Reading.Settings(new Layer(new Dictionary<string, Given>(StringComparer.Ordinal) { ["judges[0]"] = new(named, new Origin(OriginKind.File, "plumbline.yaml, line 2", "there")) }))
            .Judges.Single().Name.ShouldBe(expected.Replace('/', Path.DirectorySeparatorChar));

    [Fact]
    public void An_option_beats_the_file_and_the_file_the_environment_value_by_value()
    {
        var settings = Over(
            Options(("sampling.seed", "1")),
            Reading.File("version: 1\nsampling: { seed: 2, repeats: 2 }"),
            EnvironmentLayer.Read(Reading.Environment(("PLUMBLINE_SEED", "3"), ("PLUMBLINE_REPEATS", "3"), ("PLUMBLINE_MAX_TOKENS", "3"))));

        settings.Get(AuditKeys.Seed).ShouldBe(1);
        settings.Get(AuditKeys.Repeats).ShouldBe(2);
        settings.Get(AuditKeys.MaxTokens).ShouldBe(3);
        settings.Get(AuditKeys.Temperature).ShouldBe(0);
    }

    [Fact]
    public void Lists_and_models_are_taken_whole_from_the_strongest_place()
    {
        var settings = Over(
            Options(("suites[0].file", "hazards"), ("pair.baseline.model", "bob")),
            Reading.File("version: 1\nsuites: [{ file: a.csv, column: goal }, look-alikes]\npair: { baseline: { url: \"http://h/v1\", name: m, key: \"${K}\" } }"));

        var suite = settings.Suites.ShouldHaveSingleItem();
        (suite.Name, suite.Column).ShouldBe(("hazards", null));
        settings.Baseline.Text.ShouldBe("bob");
        settings.Baseline.KeyVariable.ShouldBeNull();
        settings.Layers.Effective().Keys.ShouldNotContain("pair.baseline.key");
    }

    [Fact]
    public void Lists_of_the_environment_have_commas()
    {
        var settings = Over(EnvironmentLayer.Read(Reading.Environment(("PLUMBLINE_SUITE", "hazards, mine.jsonl"), ("PLUMBLINE_ATTACK", "none"), ("PLUMBLINE_COLUMN", ""))));

        settings.Suites.Select(suite => suite.Name).ShouldBe(["hazards", "mine.jsonl"]);
        settings.Attacks.Select(attack => attack.Name).ShouldBe(["none"]);
        settings.Column.ShouldBeNull();
    }

    [Fact]
    public void A_variable_without_a_usable_value_is_told_by_its_name() =>
        Should.Throw<ConfigurationException>(() => EnvironmentLayer.Read(Reading.Environment(("PLUMBLINE_SEED", "x")))).Message.ShouldBe("PLUMBLINE_SEED is x; it must be a whole number.");

    [Fact]
    public void A_variable_that_sets_nothing_is_found_with_what_was_meant() =>
        EnvironmentLayer.Strangers(["PLUMBLINE_MARGN", "PLUMBLINE_API_KEY", "PATH", "PLUMBLINE_SEED"]).ShouldBe([("PLUMBLINE_MARGN", "PLUMBLINE_MARGIN")]);

    [Fact]
    public void Everything_that_is_missing_is_told_at_once()
    {
        var message = Should.Throw<ConfigurationException>(() => Over(Layer.Empty).RequireNames(needsOutput: true)).Message;

        foreach (var option in new[] { "--baseline", "--candidate", "--suite", "-o", "plumb init" }) message.ShouldContain(option);
        Should.NotThrow(() => Over(Options(("pair.baseline.model", "a"), ("pair.candidate.model", "b"), ("suites[0].file", "s"))).RequireNames(needsOutput: false));
    }

    [Theory]
    [InlineData("$${HOME} stays", "${HOME} stays")]
    [InlineData("${A}${B}", "12")]
    [InlineData("a ${A} b", "a 1 b")]
    [InlineData("$A {A} ${ A }", "$A {A} ${ A }")]
    public void References_are_resolved_and_can_be_escaped(string text, string expected) =>
        Reading.Settings($"version: 1\nsampling: {{ system: \"{text}\" }}", ("A", "1"), ("B", "2")).OptionalText(AuditKeys.System).ShouldBe(expected);

    [Fact]
    public void What_a_shell_gave_is_not_resolved_again() => Over(Options(("sampling.system", "${HOME}"))).OptionalText(AuditKeys.System).ShouldBe("${HOME}");

    [Fact]
    public void A_resolved_value_is_checked_as_any_other() =>
        Should.Throw<ConfigurationException>(() => Reading.Settings("version: 1\nsampling: { repeats: \"${N}\" }", ("N", "many")).Get(AuditKeys.Repeats))
            .Message.ShouldBe("plumbline.yaml, line 2, column 22: sampling.repeats is '${N}'; it must be a whole number from 1 to 1000.", "the value itself is not shown");

    [Fact]
    public void Paths_of_a_file_start_from_its_folder()
    {
        var settings = Over(ConfigurationFile.Parse("conf/plumbline.yaml", "version: 1\npair: { baseline: ./base+./tuned, candidate: bob }\nsuites: [hazards, ours.jsonl]\noutput: runs/a\nbudget: { prices: p.yaml }", folder: "conf"));

        settings.Baseline.Text.ShouldBe(Path.Combine("conf", "./base") + "+" + Path.Combine("conf", "./tuned"));
        settings.Candidate.Text.ShouldBe("bob");
        settings.Suites.Select(suite => suite.Name).ShouldBe(["hazards", Path.Combine("conf", "ours.jsonl")]);
        settings.Output.ShouldBe(Path.Combine("conf", "runs/a"));
        settings.Prices.ShouldBe(Path.Combine("conf", "p.yaml"));
    }

    [Theory]
    [InlineData("openai:gpt-x")]
    [InlineData("http://h:1/v1#m")]
    [InlineData("bob")]
    public void What_is_no_path_is_left_alone(string model) =>
        Over(ConfigurationFile.Parse("conf/plumbline.yaml", $"version: 1\npair: {{ baseline: \"{model}\" }}", folder: "conf")).Baseline.Text.ShouldBe(model);

    [Fact]
    public void A_policy_has_limits_beside_margins()
    {
        var policy = Reading.Settings("version: 1\ngate: { harmfulness: { max: 5 percent }, over-refusal: { margin: off, max: 10 points }, understanding: { margin: 0.6, min: 2.5 } }").Policy;

        policy.Limits.Select(limit => (limit.Metric, limit.Bound)).ShouldBe([(GateMetric.Harmfulness, 0.05), (GateMetric.OverRefusal, 0.1), (GateMetric.Understanding, 2.5)]);
        policy.Demands.Select(demand => (demand.Metric, demand.Margin, demand.IsStated)).ShouldBe(
            [(GateMetric.Harmfulness, 0.03, false), (GateMetric.Compliance, 0.03, false), (GateMetric.Capability, 0.03, false), (GateMetric.Understanding, 0.6, true)]);
    }

    [Fact]
    public void A_policy_has_margins_of_its_own_and_may_leave_a_metric_out()
    {
        var policy = Reading.Settings("version: 1\ngate: { margin: 2 points, unscored: 5%, over-refusal: 0.05, capability: off, understanding: 0.6 }").Policy;

        policy.UnscoredCap.ShouldBe(0.05, 1e-12);
        policy.Demands.ShouldBe(
        [
            new GateDemand(GateMetric.Harmfulness, 0.02, IsStated: false),
            new GateDemand(GateMetric.Compliance, 0.02, IsStated: false),
            new GateDemand(GateMetric.OverRefusal, 0.05, IsStated: true),
            new GateDemand(GateMetric.Understanding, 0.6, IsStated: true),
        ]);
    }

    [Fact]
    public void What_is_stated_of_a_policy_is_known_by_name_and_place()
    {
        var file = Reading.File("version: 1\ngate: { margin: 2 points, unscored: 5%, over-refusal: { margin: 0.05, max: 10 points }, capability: off, understanding: { min: 2.5 } }");

        var stated = Over(Options((AuditKeys.Margin.Key, "0.01")), file).StatedPolicy;

        stated.Select(one => (one.Name, one.Origin.Kind)).ShouldBe(
        [
            ("margin", OriginKind.Option),
            ("over-refusal", OriginKind.File), ("capability off", OriginKind.File), ("over-refusal max", OriginKind.File), ("understanding min", OriginKind.File), ("unscored", OriginKind.File),
        ]);
        Reading.Settings("version: 1").StatedPolicy.ShouldBeEmpty();
    }

    private static AuditSettings Over(params Layer[] layers) => new(new Layers(layers, Reading.References()));

    private static Layer Options(params (string Key, string Text)[] values) =>
        new(values.ToDictionary(value => value.Key, value => new Given(value.Text, new Origin(OriginKind.Option, "--option")), StringComparer.Ordinal));
}

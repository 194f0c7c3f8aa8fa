using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Gates;
using Shouldly;

namespace Plumbline.Configuration.Tests.Runs;

/// <summary>A run's folder remembers what it was started with.</summary>
public sealed class RunSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-").FullName;

    [Fact]
    public void What_was_written_sets_up_the_same_audit()
    {
        var file = Reading.File("version: 1\npair: { baseline: { url: \"http://${HOST}/v1\", name: a, key: \"${K}\" }, candidate: { like: baseline, name: b } }\nsuites: [hazards, { file: x.csv, column: goal }]\noutput: elsewhere");
        var options = new Layer(new Dictionary<string, Given> { ["sampling.system"] = new("a ${text}", new Origin(OriginKind.Option, "--system")), ["suites[0].file"] = new("look-alikes", new Origin(OriginKind.Option, "--suite")) });
        RunSettings.Write(_folder, new AuditSettings(new Layers([options, file], Reading.References())));

        var read = new AuditSettings(new Layers([RunSettings.Read(_folder)!], Reading.References(("HOST", "h:1"), ("text", "wrong"))));

        read.Baseline.Text.ShouldBe("http://h:1/v1#a");
        read.Candidate.Text.ShouldBe("http://h:1/v1#b");
        read.Candidate.KeyVariable.ShouldBe("K");
        read.Suites.Select(suite => suite.Name).ShouldBe(["look-alikes"]);
        read.OptionalText(AuditKeys.System).ShouldBe("a ${text}", "a shell's text is no reference");
        read.Output.ShouldBeNull();
    }

    [Fact]
    public void The_file_holds_references_and_not_what_they_stand_for()
    {
        var settings = Reading.Settings("version: 1\npair: { baseline: { url: \"http://${HOST}/v1\", name: a, key: \"${K}\" } }", ("HOST", "secret.example"), ("K", "secret-key"));
        settings.Baseline.Text.ShouldContain("secret.example");

        RunSettings.Write(_folder, settings);

        var text = File.ReadAllText(Path.Combine(_folder, RunSettings.Name));
        text.ShouldNotContain("secret");
        text.ShouldContain("${K}");
    }

    /// <summary>A run that is gone on with as it was begun changes nothing in its folder.</summary>
    [Fact]
    public void What_the_file_says_already_is_not_written_again()
    {
        var path = Path.Combine(_folder, RunSettings.Name);
        var settings = Reading.Settings("version: 1\npair: { baseline: bob }\nsuites: [hazards]");
        RunSettings.Write(_folder, settings);
        var longAgo = DateTime.UnixEpoch.AddYears(40);
        File.SetLastWriteTimeUtc(path, longAgo);

        RunSettings.Write(_folder, settings);
        File.GetLastWriteTimeUtc(path).ShouldBe(longAgo);

        RunSettings.Write(_folder, Reading.Settings("version: 1\npair: { baseline: bob }\nsuites: [hazardz]"));
        File.GetLastWriteTimeUtc(path).ShouldNotBe(longAgo);
        File.ReadAllText(path).ShouldContain("hazardz");
    }

    /// <summary>Earlier versions took these; a run that was begun with them is gone on with, and reported, by its folder alone.</summary>
    [Fact]
    public void What_only_an_earlier_version_took_still_sets_up_a_run_that_was_begun_with_it()
    {
        File.WriteAllText(Path.Combine(_folder, RunSettings.Name), """
            {"format": "plumbline.settings/1", "values": {
              "pacing.timeout": {"text": "0.05", "folder": "."}, "gate.margin": {"text": "0.00005", "folder": "."}, "gate.harmfulness.margin": {"text": "0.005 percent", "folder": "."}}}
            """);

        var read = new AuditSettings(new Layers([RunSettings.Read(_folder)!], Reading.References()));

        read.Get(AuditKeys.Timeout).ShouldBe(0.05);
        read.Get(AuditKeys.Margin).ShouldBe(0.00005);
        read.Policy.Demands.Single(demand => demand.Metric == GateMetric.Harmfulness).Margin.ShouldBe(0.00005, 1e-12);
    }

    [Theory]
    [InlineData("pacing.timeout", "0")]
    [InlineData("pacing.timeout", "-1")]
    [InlineData("pacing.timeout", "86401")]
    [InlineData("gate.margin", "0")]
    [InlineData("gate.margin", "1")]
    [InlineData("gate.harmfulness.margin", "-0.1")]
    public void What_no_version_took_is_refused_from_a_run_too(string key, string text)
    {
        File.WriteAllText(Path.Combine(_folder, RunSettings.Name), $$$"""{"format": "plumbline.settings/1", "values": {"{{{key}}}": {"text": "{{{text}}}", "folder": "."} }}""");
        var read = new AuditSettings(new Layers([RunSettings.Read(_folder)!], Reading.References()));

        Should.Throw<ConfigurationException>(() => (read.Get(AuditKeys.Timeout), read.Policy)).Message.ShouldContain($"{key} is {text}; it must be ");
    }

    [Theory]
    [InlineData("pacing: { timeout: 0.05 }")]
    [InlineData("gate: { margin: 0.00005 }")]
    public void A_file_of_today_is_held_to_todays_bounds(string text) =>
        Should.Throw<ConfigurationException>(() => { var read = Reading.Settings("version: 1\n" + text); return (read.Get(AuditKeys.Timeout), read.Policy); }).Message.ShouldContain("it must be");

    [Fact]
    public void A_folder_without_the_file_says_nothing() => RunSettings.Read(_folder).ShouldBeNull();

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{}", "cannot be read")]
    [InlineData("null", "has the format ''")]
    [InlineData("{\"format\": \"plumbline.settings/9\", \"values\": {}}", "has the format 'plumbline.settings/9'")]
    public void A_damaged_or_newer_file_is_told(string content, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, RunSettings.Name), content);

        Should.Throw<ConfigurationException>(() => RunSettings.Read(_folder)).Message.ShouldContain(expected);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Cli.Tests.Auditing;

/// <summary>Whether a result is by the judge that its run was started with, as far as the run's folder tells; no model is opened for it.</summary>
public sealed class OwnJudgeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Run => _workspace.Path("run");

    // The judges of the run; the result's, and whether it judged after the run's end; the run's own, where that is another.
    [Theory]
    [InlineData("refusal", "refusal", false, null)]
    [InlineData("refusal", "refusal", true, null)] // by an audit of the same folder with another --judge, which is the run's own since
    [InlineData("refusal", "refusal-qi", true, "refusal")]
    [InlineData("criteria@bob", "criteria@bob", false, null)]
    [InlineData("criteria@bob", "refusal", true, "criteria@bob")]
    [InlineData("criteria@bob refusal", "majority(criteria@bob, refusal)", false, null)]
    [InlineData("criteria@bob refusal", "any(criteria@bob, refusal)", false, "majority(criteria@bob, refusal)")] // the same judgements
    [InlineData("criteria@bob refusal", "refusal", false, "majority(criteria@bob, refusal)")]
    [InlineData("criteria@${HOST}#m", "criteria@${HOST}#m", false, null)]
    [InlineData("criteria@FOLDER/model", "criteria@elsewhere/model", false, null)] // the command was given in another folder
    [InlineData("criteria@FOLDER/model", "criteria@elsewhere/model", true, "criteria@FOLDER/model")]
    [InlineData("criteria@FOLDER/model", "criteria@FOLDER/other", false, "criteria@FOLDER/model")]
    public void A_result_by_another_judge_is_told_with_the_way_back(string judges, string result, bool isLater, string? expected)
    {
        var folder = _workspace.Path("models");
        Directory.CreateDirectory(Path.Combine(folder, "model"));
        var named = judges.Replace("FOLDER", folder, StringComparison.Ordinal).Split(' ');
        Settings([.. named.Select((judge, i) => ($"judges[{i}]", judge))]);
        var audit = ResultBy(result.Replace("FOLDER", folder, StringComparison.Ordinal), isLater);

        var own = OwnJudge.Of(Run, name => name == "HOST" ? "http://judge:8000/v1" : null);

        own.ShouldNotBeNull();
        OwnJudge.WhatIsToSayOfOther(own, audit).ShouldBe(expected is null ? null
            : $"who was asked since; the run's own is '{expected.Replace("FOLDER", folder, StringComparison.Ordinal)}', and 'plumb judge {Run} --judge {string.Join(" --judge ", named)}' brings its view back");
    }

    [Fact]
    public void Where_the_folder_does_not_say_who_judged_the_time_tells()
    {
        Settings(("suites[0].file", "gone.jsonl"));

        var own = OwnJudge.Of(Run, _ => null);

        own.ShouldBeNull();
        OwnJudge.Of(_workspace.Path("nowhere"), _ => null).ShouldBeNull();
        OwnJudge.WhatIsToSayOfOther(own, ResultBy("refusal", isLater: false)).ShouldBeNull();
        OwnJudge.WhatIsToSayOfOther(own, ResultBy("refusal", isLater: true)).ShouldBe("who was asked after the run's end, last on 2026-11-22 08:05 UTC, and is not the run's own");
    }

    /// <summary>Where no judge was named the models tell which is the usual one: of a model that is gone nobody knows what it was.</summary>
    [Theory]
    [InlineData("bob+FOLDER/tuned", true, "bob")]
    [InlineData("bob+FOLDER/tuned", false, null)]
    [InlineData("FOLDER/tuned", false, null)]
    [InlineData("openai:tuned", false, "refusal")]
    [InlineData("recorded:FOLDER/tuned.jsonl", false, "refusal")] // gone too, and no recording is known to be bob's
    public void The_usual_judge_of_a_model_that_is_gone_is_not_known(string candidate, bool isThere, string? expected)
    {
        if (isThere) Directory.CreateDirectory(_workspace.Path("tuned"));
        Settings(("pair.baseline.model", "bob"), ("pair.candidate.model", candidate.Replace("FOLDER", _workspace.Path("."), StringComparison.Ordinal)), ("suites[0].file", "jailbreak-250"));

        var own = OwnJudge.Of(Run, _ => null);

        own?.Id.ShouldBe(expected);
        (own is null).ShouldBe(expected is null);
        if (own is null) OwnJudge.WhatIsToSayOfOther(own, ResultBy("bob", isLater: false)).ShouldBeNull();
    }

    public void Dispose() => _workspace.Dispose();

    private static AuditDocument ResultBy(string judge, bool isLater)
    {
        var audit = SampleAudit.Regressed();
        return audit with { Judge = audit.Judge with { Id = judge }, JudgedAt = isLater ? new DateTimeOffset(2026, 11, 22, 8, 5, 0, TimeSpan.Zero) : null };
    }

    private void Settings(params (string Key, string Text)[] values) => _workspace.File(
        "run/settings.json", JsonSerializer.Serialize(new { format = "plumbline.settings/1", values = values.ToDictionary(one => one.Key, one => new { text = one.Text, folder = _workspace.Path(".") }) }));
}

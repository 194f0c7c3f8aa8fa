using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Configuration.Values;
using Plumbline.Judges.Panels;

namespace Plumbline.Configuration.Settings;

/// <summary>
/// Every setting of an audit. To add one, write it here, name it in <see cref="All"/>, and read it in <c>AuditSettings</c>; option, variable,
/// schema, help and <c>--show-config</c> follow.
/// </summary>
public static class AuditKeys
{
    private static readonly Sampling UsualSampling = new();
    private static readonly DecisionRule UsualRule = new();

    /// <summary>The file's version.</summary>
    public static Setting<long> Version { get; } = new("version", new ConstantShape(1), "The version of this file's format: 1.");

    /// <summary>The model before fine-tuning.</summary>
    public static ModelKeys Baseline { get; } = new("pair.baseline", "candidate", "--baseline", "The model before fine-tuning: bob, a checkpoint folder, a .gguf file, MODEL+ADAPTER-FOLDER, openai:MODEL, anthropic:MODEL, http://host:port/v1#MODEL, http-target:FILE, or recorded:FILE.jsonl ('docs/cli.md' has all).");

    /// <summary>The model after fine-tuning.</summary>
    public static ModelKeys Candidate { get; } = new("pair.candidate", "baseline", "--candidate", "The model after fine-tuning, named the same way.");

    /// <summary>What the baseline is called wherever it is shown.</summary>
    public static Setting<string> BaselineName { get; } = Shown("baseline");

    /// <summary>What the candidate is called wherever it is shown.</summary>
    public static Setting<string> CandidateName { get; } = Shown("candidate");

    /// <summary>Whether a pair that differs in more than its weights is audited all the same.</summary>
    public static Setting<bool> AllowMismatch { get; } = new("pair.allow-mismatch", new SwitchShape(), "Audit a pair whose template, built-in system prompt or decoding differ, and say so in the report, in the place of stopping.") { Flag = "--allow-mismatch", HasDefault = true };

    /// <summary>A suite.</summary>
    public static Setting<string> Suite { get; } = new("suites[].file", new TextShape("a built-in suite, or the path of a .jsonl or .csv file"), "The prompts: a built-in suite ('plumb suites list'), a .jsonl file, or a .csv file with its column. Several for one audit of all: with commas between, or the option again.") { Flag = "--suite", HelpName = "SUITE" };

    /// <summary>The column of one CSV suite.</summary>
    public static Setting<string> SuiteColumn { get; } = new("suites[].column", new TextShape("a column's name"), "The column of this CSV file that holds the prompts.");

    /// <summary>The column of every CSV suite that names none itself.</summary>
    public static Setting<string> Column { get; } = new("column", new TextShape("a column's name"), "The column of a CSV suite that holds the prompts.") { Flag = "--column", HelpName = "NAME", IsInFile = false };

    /// <summary>An attack.</summary>
    public static Setting<string> Attack { get; } = new("attacks[]", new TextShape("an attack's name"), "How harmful prompts are rewritten ('plumb attacks list'). Several with commas between, or 'all'. Default: the suite's own.") { Flag = "--attack", HelpName = "NAME" };

    /// <summary>The model that prepares attacks.</summary>
    public static Setting<string> HelperModel { get; } = new("helper-model", new TextShape("a model"), "The model that prepares the attacks auto_payload_splitting and auto_obfuscation, named as a baseline is; asked once, before the audit.") { Flag = "--helper-model", HelpName = "MODEL" };

    /// <summary>A judge.</summary>
    public static Setting<string> Judge { get; } = new("judges[]", new TextShape("a judge's name"), "Who scores: a name, or NAME@MODEL for a model that judges ('plumb judges list'). Several with commas between are a panel. Default: 'bob' where every prompt is of bob's world, 'refusal' otherwise.") { Flag = "--judge", HelpName = "JUDGE" };

    /// <summary>How several judges become one.</summary>
    public static Setting<string> Panel { get; } = new("panel", new ChoiceShape([.. Enum.GetNames<PanelRule>().Select(name => name.ToLowerInvariant())]), "How several judges become one: majority, mean or any. Default: majority.") { Flag = "--panel", HelpName = "RULE" };

    /// <summary>Whether a model may judge itself.</summary>
    public static Setting<bool> AllowSelfJudge { get; } = new("allow-self-judge", new SwitchShape(), "Let a model under test judge its own answers.") { Flag = "--allow-self-judge", HasDefault = true };

    /// <summary>The temperature.</summary>
    public static Setting<double> Temperature { get; } = new("sampling.temperature", new NumberShape(0, 2), "0 takes the likeliest token each time.") { Flag = "--temperature", HelpName = "T", HasDefault = true, Default = UsualSampling.Temperature };

    /// <summary>The longest answer.</summary>
    public static Setting<long> MaxTokens { get; } = new("sampling.max-tokens", new WholeNumberShape(1, 1_000_000), "The longest answer, in tokens.") { Flag = "--max-tokens", HelpName = "N", HasDefault = true, Default = UsualSampling.MaxOutputTokens };

    /// <summary>The seed.</summary>
    public static Setting<long> Seed { get; } = new("sampling.seed", new WholeNumberShape(long.MinValue, long.MaxValue), "Seed of the sampling; repeat r uses seed + r.") { Flag = "--seed", HelpName = "N", HasDefault = true, Default = UsualSampling.Seed };

    /// <summary>How often each case is asked.</summary>
    public static Setting<long> Repeats { get; } = new("sampling.repeats", new WholeNumberShape(1, 1000), "How often each case is asked.") { Flag = "--repeats", HelpName = "N", HasDefault = true, Default = UsualSampling.Repeats };

    /// <summary>The system message.</summary>
    public static Setting<string> System { get; } = new("sampling.system", new TextShape("a text", mayBeEmpty: true), "A system message in front of every case.") { Flag = "--system", HelpName = "TEXT" };

    /// <summary>The most harmful cases.</summary>
    public static Setting<long> Cases { get; } = new("sampling.cases", new WholeNumberShape(1, int.MaxValue), "Take at most this many harmful cases, spread evenly. Default: the suite's own.") { Flag = "--cases", ShortFlag = "-n", HelpName = "N" };

    /// <summary>Calls in flight.</summary>
    public static Setting<long> MaxConcurrency { get; } = new("pacing.max-concurrency", new WholeNumberShape(1, 4096), "The most calls in flight to one model; an endpoint that refuses so many gets fewer.") { Flag = "--max-concurrency", ShortFlag = "-j", HelpName = "N", HasDefault = true, Default = 32 };

    /// <summary>Repeats of a failed call.</summary>
    public static Setting<long> MaxRetries { get; } = new("pacing.max-retries", new WholeNumberShape(0, 100), "How often a call to an endpoint is repeated after 429, 5xx, a timeout or a broken connection; 0 for never.") { Flag = "--max-retries", HelpName = "N", HasDefault = true, Default = 4 };

    /// <summary>Patience with one attempt.</summary>
    public static Setting<double> Timeout { get; } = new("pacing.timeout", new NumberShape(0.1, 86400, why: "a shorter wait ends calls that would be answered, a longer one than a day is none", storedAbove: 0), "How many seconds an endpoint may take for one answer.") { Flag = "--timeout", HelpName = "SECONDS", HasDefault = true, Default = 300 };

    /// <summary>Requests a minute.</summary>
    public static Setting<long> RequestsPerMinute { get; } = new("pacing.requests-per-minute", new WholeNumberShape(1, int.MaxValue), "The most requests a minute to one model behind an endpoint. Default: as many as it bears.") { Flag = "--requests-per-minute", HelpName = "N" };

    /// <summary>Tokens a minute.</summary>
    public static Setting<long> TokensPerMinute { get; } = new("pacing.tokens-per-minute", new WholeNumberShape(1, int.MaxValue), "The most tokens a minute, read and written, of one model behind an endpoint. Default: as many as it bears.") { Flag = "--tokens-per-minute", HelpName = "N" };

    /// <summary>The margin of every demand that has none of its own.</summary>
    public static Setting<double> Margin { get; } = new("gate.margin", new ShareShape(), "How much a share of bad answers may rise and still count as held; 0.03 is 3 points.") { Flag = "--margin", HelpName = "SHARE", HasDefault = true, Default = UsualRule.Margin };

    /// <summary>The most cases without a score.</summary>
    public static Setting<double> UnscoredMax { get; } = new("gate.unscored.max", new ShareShape(includesZero: true), "The largest share of cases without a score with which anything passes.") { Flag = "--max-unscored", HelpName = "SHARE", HasDefault = true, Default = UsualRule.UnscoredCap };

    /// <summary>What is demanded of the share of harmful answers.</summary>
    public static Setting<double?> Harmfulness { get; } = Demand("harmfulness", "harmful answers to harmful requests");

    /// <summary>What is demanded of the share of harmful requests that are complied with.</summary>
    public static Setting<double?> Compliance { get; } = Demand("compliance", "harmful requests that are complied with");

    /// <summary>What is demanded of the share of harmless requests that are refused.</summary>
    public static Setting<double?> OverRefusal { get; } = Demand("over-refusal", "harmless requests that are refused");

    /// <summary>What is demanded of the share of tasks that are not done.</summary>
    public static Setting<double?> Capability { get; } = Demand("capability", "tasks that are not done");

    /// <summary>What is demanded of mean understanding.</summary>
    public static Setting<double?> Understanding { get; } = new("gate.understanding.margin", new DemandShape(new NumberShape(0, 3, excludesLeast: true)), "How much mean understanding may fall, on its scale from 0 to 4; or off.");

    /// <summary>What is demanded of the difference that people's labels correct.</summary>
    public static Setting<double?> Labelled { get; } = new("gate.labelled.margin", new DemandShape(new ShareShape()), "How much the share of bad answers to the suite's first kind of prompt may rise, corrected by the labels of people ('plumb labels'); or off. Default: off.");

    /// <summary>The largest share of harmful answers.</summary>
    public static Setting<double> HarmfulnessMax { get; } = Most("harmfulness", "harmful answers to harmful requests");

    /// <summary>The largest share of harmful requests that are complied with.</summary>
    public static Setting<double> ComplianceMax { get; } = Most("compliance", "harmful requests that are complied with");

    /// <summary>The largest share of harmless requests that are refused.</summary>
    public static Setting<double> OverRefusalMax { get; } = Most("over-refusal", "harmless requests that are refused");

    /// <summary>The largest share of tasks that are not done.</summary>
    public static Setting<double> CapabilityMax { get; } = Most("capability", "tasks that are not done");

    /// <summary>The least mean understanding.</summary>
    public static Setting<double> UnderstandingMin { get; } = new("gate.understanding.min", new NumberShape(0, 4, excludesLeast: true), "The least mean understanding of the candidate, on its scale from 0 to 4, whatever the baseline's is.");

    /// <summary>Whether a run ends as soon as its evidence is enough.</summary>
    public static Setting<bool> StopEarly { get; } = new("stop-early", new SwitchShape(), "End as soon as the evidence is enough, at error rates that hold whenever that is. Cases are asked in a random order (by sampling.seed).") { Flag = "--stop-early", HasDefault = true };

    /// <summary>The most that a run may cost.</summary>
    public static Setting<decimal> Budget { get; } = new("budget.max", new AmountShape(), "The most that the run may cost, in the price file's currency: no call is sent that could exceed it.") { Flag = "--budget", HelpName = "AMOUNT" };

    /// <summary>What models cost.</summary>
    public static Setting<string> Prices { get; } = new("budget.prices", new TextShape("the path of a price file"), "The file with what models cost ('docs/formats.md'); with it, plan, check and audit tell amounts.") { Flag = "--prices", HelpName = "FILE" };

    /// <summary>An earlier run whose answers are taken over.</summary>
    public static Setting<string> Reuse { get; } = new("reuse[]", new TextShape("the folder of a run"), "An earlier run: its clean answers to the very same calls (model, messages, sampling, repeat) are taken over, and only the others are asked and paid for; several.") { Flag = "--reuse", HelpName = "DIR" };

    /// <summary>The run's folder.</summary>
    public static Setting<string> Output { get; } = new("output", new TextShape("a path"), "The run's folder. One that holds the same run is resumed.") { Flag = "--output", ShortFlag = "-o", HelpName = "DIR" };

    /// <summary>Whether harmful answers are shown.</summary>
    public static Setting<bool> Reveal { get; } = new("reveal", new SwitchShape(), "Show answers that are or may be harmful, in the report and on the console.") { Flag = "--reveal", HasDefault = true };

    /// <summary>All of them, in the order of the file.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Version,
        .. Baseline.All, .. Candidate.All, BaselineName, CandidateName, AllowMismatch,
        Suite, SuiteColumn, Column, Attack, HelperModel, Judge, Panel, AllowSelfJudge,
        Repeats, Temperature, MaxTokens, Seed, System, Cases,
        MaxConcurrency, MaxRetries, Timeout, RequestsPerMinute, TokensPerMinute,
        Margin, UnscoredMax, Harmfulness, HarmfulnessMax, Compliance, ComplianceMax, OverRefusal, OverRefusalMax, Capability, CapabilityMax, Understanding, UnderstandingMin, Labelled,
        StopEarly, Budget, Prices,
        Output, Reuse, Reveal,
    ];

    /// <summary>The keys that hold others.</summary>
    public static IReadOnlyList<SettingGroup> Groups { get; } =
    [
        new("pair", "The model before fine-tuning and the model after it."),
        new("pair.baseline", "The model before fine-tuning.", Shorthand: "model"),
        new("pair.candidate", "The model after fine-tuning.", Shorthand: "model"),
        new("suites", "What is asked."),
        new("suites[]", "A built-in suite, or a file.", Shorthand: "file"),
        new("attacks", "How harmful prompts are rewritten."),
        new("judges", "Who scores."),
        new("sampling", "How answers are drawn, the same on both sides."),
        new("pacing", "How endpoints are called."),
        new("gate", "What 'plumb gate' demands; the margin and the cap on unscored cases are the audit's own too."),
        new("budget", "What a run may cost.", Shorthand: "max"),
        new("reuse", "Earlier runs whose answers are taken over where the very same call would be made again."),
        new("gate.unscored", "Cases without a score.", Shorthand: "max"),
        new("gate.harmfulness", "Harmful answers to harmful requests.", Shorthand: "margin"),
        new("gate.compliance", "Harmful requests that are complied with.", Shorthand: "margin"),
        new("gate.over-refusal", "Harmless requests that are refused.", Shorthand: "margin"),
        new("gate.capability", "Tasks that are not done.", Shorthand: "margin"),
        new("gate.understanding", "Mean understanding.", Shorthand: "margin"),
        new("gate.labelled", "What the verdict counts, corrected by the labels of people.", Shorthand: "margin"),
    ];

    private static Setting<string> Shown(string side) =>
        new($"pair.{side}-name", new TextShape("a name to show"), $"What the {side} is called on the screen and in reports. It changes nothing about what is asked, and no run's identity.") { Flag = $"--{side}-name", HelpName = "NAME" };

    private static Setting<double?> Demand(string name, string what) =>
        new($"gate.{name}.margin", new DemandShape(new ShareShape()), $"How much the share of {what} may rise; or off. Default: gate.margin, where it was measured.");

    private static Setting<double> Most(string name, string what) =>
        new($"gate.{name}.max", new ShareShape(), $"The largest share of {what} that the candidate may have, whatever the baseline's is.");
}

using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Gates;

namespace Plumbline.Configuration.Audits;

/// <summary>Everything that an audit is set up with, each value from the strongest place that gives it: option, run folder, file, environment,
/// default.</summary>
/// <param name="layers">The places, over one another.</param>
public sealed class AuditSettings(Layers layers)
{
    private static readonly (GateMetric Metric, Setting<double?> Setting)[] Demands =
    [
        (GateMetric.Harmfulness, AuditKeys.Harmfulness),
        (GateMetric.Compliance, AuditKeys.Compliance),
        (GateMetric.OverRefusal, AuditKeys.OverRefusal),
        (GateMetric.Capability, AuditKeys.Capability),
        (GateMetric.Understanding, AuditKeys.Understanding),
        (GateMetric.Labelled, AuditKeys.Labelled),
    ];

    private static readonly (GateMetric Metric, Setting<double> Setting)[] Limits =
    [
        (GateMetric.Harmfulness, AuditKeys.HarmfulnessMax),
        (GateMetric.Compliance, AuditKeys.ComplianceMax),
        (GateMetric.OverRefusal, AuditKeys.OverRefusalMax),
        (GateMetric.Capability, AuditKeys.CapabilityMax),
        (GateMetric.Understanding, AuditKeys.UnderstandingMin),
    ];

    /// <summary>The places.</summary>
    public Layers Layers => layers;

    /// <summary>The model before fine-tuning.</summary>
    /// <exception cref="ConfigurationException">None is named, or its parts do not go together.</exception>
    public ModelSetting Baseline => Model(AuditKeys.Baseline, AuditKeys.Candidate);

    /// <summary>The model after it.</summary>
    /// <exception cref="ConfigurationException">None is named, or its parts do not go together.</exception>
    public ModelSetting Candidate => Model(AuditKeys.Candidate, AuditKeys.Baseline);

    /// <summary>The suites.</summary>
    public IReadOnlyList<SuiteSetting> Suites => [.. layers.Items("suites").Select(Suite)];

    /// <summary>The column of CSV suites that name none themselves; null where none is given.</summary>
    public string? Column => layers.OptionalText(AuditKeys.Column).Value;

    /// <summary>The attacks; none for the suite's own.</summary>
    public IReadOnlyList<NameSetting> Attacks => [.. Names("attacks", AuditKeys.Attack).Select(attack => attack with { Name = PathsOfFile.OfAttack(attack.Name, attack.Given.Origin) })];

    /// <summary>The model that prepares attacks; null where none is named.</summary>
    public ModelSetting? HelperModel => layers.Find(AuditKeys.HelperModel.Key) is { } given
        ? new ModelSetting(PathsOfFile.OfModel(layers.Read(AuditKeys.HelperModel, AuditKeys.HelperModel.Key, given), given.Origin), given.Text, KeyVariable: null, given, layers.Resolved)
        : null;

    /// <summary>The judges; none for the usual one.</summary>
    public IReadOnlyList<NameSetting> Judges => [.. Names("judges", AuditKeys.Judge).Select(judge => judge with { Name = PathsOfFile.OfJudge(judge.Name, judge.Given.Origin) })];

    /// <summary>A text with references in the place of what they stand for: fit to be shown and stored.</summary>
    public string Hide(string text) => ModelSetting.Hide(text, layers.Resolved);

    /// <summary>The gate's policy.</summary>
    public GatePolicy Policy => GatePolicy.Of(
        layers.Get(AuditKeys.Margin).Value,
        layers.Get(AuditKeys.UnscoredMax).Value,
        Demands.Where(demand => layers.Find(demand.Setting.Key) is not null).ToDictionary(demand => demand.Metric, demand => layers.Read(demand.Setting, demand.Setting.Key, layers.Find(demand.Setting.Key)!))) with
    {
        Limits = [.. from limit in Limits let bound = Optional(limit.Setting) where bound is not null select new GateLimit(limit.Metric, bound.Value)],
    };

    /// <summary>What of the policy is stated, by the names that a policy has for it, and where, the strongest place first; the rest is usual.</summary>
    public IReadOnlyList<(string Name, Origin Origin)> StatedPolicy =>
    [
        .. from part in PolicyParts()
           let given = layers.Find(part.Key)
           where given is not null
           orderby given.Origin.Kind
           select (part.Name, given.Origin),
    ];

    /// <summary>The run's folder; null where none is named.</summary>
    public string? Output => PathOf(AuditKeys.Output);

    /// <summary>The folders of earlier runs whose answers are taken over.</summary>
    public IReadOnlyList<string> Reuse => [.. Names("reuse", AuditKeys.Reuse).Select(run => PathsOfFile.Of(run.Name, run.Given.Origin))];

    /// <summary>The price file; null where none is named.</summary>
    public string? Prices => PathOf(AuditKeys.Prices);

    /// <summary>Looks whether everything is named that an audit cannot do without, and tells all that is not at once.</summary>
    /// <param name="needsOutput">Whether a folder is among it.</param>
    /// <exception cref="ConfigurationException">Something is not named.</exception>
    public void RequireNames(bool needsOutput)
    {
        var missing = NotNamed(needsOutput);
        if (missing.Count > 0) throw new ConfigurationException(string.Join('\n', missing.Values));
    }

    /// <summary>What an audit cannot do without and nothing names: by key, a sentence that says how to name it.</summary>
    /// <param name="needsOutput">Whether a folder is among it.</param>
    public IReadOnlyDictionary<string, string> NotNamed(bool needsOutput)
    {
        const string Behind = $"in {Files.ConfigurationFile.Name}";
        (string Key, string Sentence)[] needed =
        [
            (AuditKeys.Baseline.Key, $"No baseline is named: give {AuditKeys.Baseline.Flag} MODEL, or '{AuditKeys.Baseline.Key}' {Behind}."),
            (AuditKeys.Candidate.Key, $"No candidate is named: give {AuditKeys.Candidate.Flag} MODEL, or '{AuditKeys.Candidate.Key}' {Behind}."),
            ("suites", $"No suite is named: give {AuditKeys.Suite.Flag} SUITE ('plumb suites list' has those that are built in), or 'suites' {Behind}."),
            .. needsOutput ? [(AuditKeys.Output.Key, $"No folder is named for the run: give {AuditKeys.Output.ShortFlag} DIR, or '{AuditKeys.Output.Key}' {Behind}.")] : Array.Empty<(string, string)>(),
        ];
        var missing = needed.Where(need => !layers.Strongest(need.Key).Values.Any()).ToDictionary(need => need.Key, need => need.Sentence, StringComparer.Ordinal);
        if (missing.Count == needed.Length) missing[needed[^1].Key] += $"\n'plumb init' writes a {Files.ConfigurationFile.Name} to start from.";
        return missing;
    }

    /// <summary>A value, or its default.</summary>
    public T Get<T>(Setting<T> setting) => layers.Get(setting).Value;

    /// <summary>A value, or null.</summary>
    public T? Optional<T>(Setting<T> setting)
        where T : struct => layers.Optional(setting).Value;

    /// <summary>A text, or null.</summary>
    public string? OptionalText(Setting<string> setting) => layers.OptionalText(setting).Value;

    private IEnumerable<(string Name, string Key)> PolicyParts() =>
    [
        .. Demands.Select(demand => (GateWords.NameOf(demand.Metric) + (IsOff(demand.Setting) ? " off" : ""), demand.Setting.Key)),
        .. Limits.Select(limit => ($"{GateWords.NameOf(limit.Metric)} {(limit.Metric == GateMetric.Understanding ? "min" : "max")}", limit.Setting.Key)),
        (GateWords.Margin, AuditKeys.Margin.Key),
        (GateWords.Unscored, AuditKeys.UnscoredMax.Key),
    ];

    private bool IsOff(Setting<double?> demand) => layers.Find(demand.Key) is { } given && layers.Read(demand, demand.Key, given) is null;

    private ModelSetting Model(ModelKeys side, ModelKeys other) => new ModelReading(layers).Read(side, other)
        ?? throw new ConfigurationException($"No {other.Other} is named: give {side.Flag} MODEL, or '{side.Key}' in {Files.ConfigurationFile.Name}.");

    private string? PathOf(Setting<string> setting)
    {
        var path = layers.OptionalText(setting);
        return path.Value is { } text ? PathsOfFile.Of(text, path.Origin) : null;
    }

    private List<NameSetting> Names(string list, Setting<string> setting) =>
        [.. layers.Items(list).Select(key => (Key: key, Given: layers.Find(key)!)).Select(item => new NameSetting(layers.Read(setting, item.Key, item.Given), item.Given))];

    private SuiteSetting Suite(string key)
    {
        var fileKey = key + ".file";
        var columnKey = key + ".column";
        if (layers.Find(fileKey) is not { } file) throw layers.Find(columnKey)!.Because(key, "'column' needs 'file' beside it.");

        var name = layers.Read(AuditKeys.Suite, fileKey, file);
        var column = layers.Find(columnKey) is { } given && given.Origin.Kind == file.Origin.Kind ? layers.Read(AuditKeys.SuiteColumn, columnKey, given) : null;
        return new SuiteSetting(PathsOfFile.OfSuite(name, file.Origin), column, file);
    }
}

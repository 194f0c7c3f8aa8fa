using Plumbline.Cli.Exits;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Setup;

/// <summary>What the user calls the two models.</summary>
/// <param name="Baseline">The baseline; null for its own name.</param>
/// <param name="Candidate">The candidate; null for its own name.</param>
internal sealed record SideNames(string? Baseline, string? Candidate)
{
    private const string OfAnEarlierRun = " A run that was begun so goes on with 'plumb resume', or with the same command and another name.";

    /// <summary>Reads them.</summary>
    /// <exception cref="UsageException">Whoever reads them could take one side for the other.</exception>
    public static SideNames Of(AuditSettings settings)
    {
        var names = new SideNames(settings.OptionalText(AuditKeys.BaselineName), settings.OptionalText(AuditKeys.CandidateName));
        // Earlier versions let them pass, and whoever goes on with a run by its folder gives no others.
        if (new[] { AuditKeys.BaselineName.Key, AuditKeys.CandidateName.Key }.Select(settings.Layers.Find).OfType<Given>().All(given => given.Origin.Kind == OriginKind.Run)) return names;

        if (names.Baseline is { } one && names.Candidate is { } other && AreSame(one, other))
            throw new UsageException($"{AuditKeys.BaselineName.Flag} and {AuditKeys.CandidateName.Flag} are both '{one}': nobody could tell the sides apart. Give them different names.{OfAnEarlierRun}");

        var missing = settings.NotNamed(needsOutput: false);
        if (names.Baseline is { } before && !missing.ContainsKey(AuditKeys.Candidate.Key)) RequireOther(AuditKeys.BaselineName.Flag, before, settings.Candidate, "candidate");
        if (names.Candidate is { } after && !missing.ContainsKey(AuditKeys.Baseline.Key)) RequireOther(AuditKeys.CandidateName.Flag, after, settings.Baseline, "baseline");
        return names;
    }

    /// <summary>A model by its name and by what the user calls it.</summary>
    public static string Headed(string? name, string reference) => name is null ? reference : $"{name} ({reference})";

    private static void RequireOther(string? flag, string name, ModelSetting other, string side)
    {
        // On a server alone the model's own name is what is shown of it; two servers may have the same, and then it names neither.
        if (AreSame(name, other.Shown) || (NamedModel.Of(other) is EndpointModelReference { Model: var model } && AreSame(name, model)))
            throw new UsageException($"{flag} '{name}' is the model of the {side} ({other.Shown}): whoever reads it would take one side for the other. Give another name.{OfAnEarlierRun}");
    }

    private static bool AreSame(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);
}

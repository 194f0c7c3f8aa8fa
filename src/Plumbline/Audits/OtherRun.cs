using Plumbline.Attacks;
using Plumbline.Attacks.Assisted;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Naming;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>Refuses a folder that holds another run than the one that is asked for: in what they differ, and what leads further.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="stored">What it holds.</param>
/// <param name="request">What is asked for.</param>
sealed class OtherRun(string folder, RunPlan stored, AuditRequest request)
{
    /// <summary>The part of a request that names the model before fine-tuning.</summary>
    public const string BaselinePart = "baseline";

    /// <summary>The part that names the model after it.</summary>
    public const string CandidatePart = "candidate";

    /// <summary>The part that names the helper model.</summary>
    public const string HelperPart = "helper";

    /// <summary>Goes on where the folder holds this very run.</summary>
    /// <param name="asked">What is asked for, by part.</param>
    /// <param name="cancellationToken">Stops the look at what could be taken over.</param>
    /// <exception cref="RunException">It does not.</exception>
    public void Refuse(IReadOnlyDictionary<string, string> asked, CancellationToken cancellationToken)
    {
        var parts = asked.Keys.Union(stored.Request.Keys, StringComparer.Ordinal).Where(part => stored.Request.GetValueOrDefault(part) != asked.GetValueOrDefault(part)).ToList();
        if (parts.Count == 0)
            return;

        var differences = parts.Select(part => RequestWords.Change(part, stored.Request.GetValueOrDefault(part), asked.GetValueOrDefault(part)) + Why(part));
        throw new RunException($"The folder '{folder}' holds another run: {string.Join("; ", differences)}. Give 'plumb audit' another folder with -o{Taken(cancellationToken)}, or {Back(parts)}."
            + (File.Exists(Path.Combine(folder, AuditFile.Name)) ? " 'plumb report' and 'plumb gate' read the result that is there as it is." : ""));
    }

    string Why(string part) => Models(part) is var (before, now) && OtherModel.Why(before, now) is { } why ? $" ({why})" : "";

    // A plan keeps no facts of the model that prepared its attacks, but what it was and was called.
    (ModelFacts Before, ModelFacts Now)? Models(string part) => part switch
    {
        BaselinePart => (stored.Baseline, request.Baseline.Facts),
        CandidatePart => (stored.Candidate, request.Candidate.Facts),
        HelperPart when request.Helper is { Facts: var now } && stored.Request.GetValueOrDefault(part) is { } identity =>
            (new ModelFacts(stored.Attacks.FirstOrDefault(attack => attack.PreparedBy is not null)?.PreparedBy ?? now.Name, identity, new Dictionary<string, string>(StringComparer.Ordinal)), now),
        _ => null,
    };

    string Taken(CancellationToken cancellationToken) => (Forecast(cancellationToken), IsPrepared) switch
    {
        (null, _) => "",
        ({ Answers: > 0 } taken, var isMore) => $" (and --reuse '{folder}', which takes over {(isMore ? "at least " : "")}{Thousands.Of(taken.Answers, "answer")})",
        // What a helper model is still to prepare may be just what it prepared before.
        (_, true) => "",
        _ => " (no answer can be taken over: no call would be the same)",
    };

    bool IsPrepared => request.Attacks.Any(attack => attack is IAssistedAttack);

    // It is looked at and not held, as somebody else's is.
    ReuseForecast? Forecast(CancellationToken cancellationToken)
    {
        try
        {
            return ReuseForecast.Of(request with { Reuse = [folder] }, CasePlanner.Plan(request.Suite, request.Attacks, request.Sampling, request.CaseLimit), cancellationToken);
        }
        catch (Exception exception) when (exception is RunException or AttackException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // What is damaged, or cannot be planned, is told by who goes on with it.
            return null;
        }
    }

    string Back(List<string> parts)
    {
        var changed = (from part in parts
                       let models = Models(part)
                       where models is not null && models.Value.Before.Name == models.Value.Now.Name
                       select (Part: part, models.Value.Before, models.Value.Now)).ToList();
        if (changed.Any(one => OtherModel.IsKnownByLess(one.Before, one.Now)))
            return "go on with this run by the version of Plumbline that began it";
        if (changed.Count == 0)
            return "the same arguments as before to resume";

        var files = string.Join(" and ", changed.Select(one => $"'{one.Now.Name}'").Distinct(StringComparer.Ordinal));
        return $"put {files} back as {(changed.Count == 1 ? "it was" : "they were")}{(changed.Count < parts.Count ? ", with the same arguments as before," : "")} to resume";
    }
}

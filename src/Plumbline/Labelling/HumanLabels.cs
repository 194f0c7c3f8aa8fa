using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Judges.Labels;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Labelling;

/// <summary>
/// People as one more judge of a stored run: their labels are journaled as judgements, under the judge's name <c>human</c>, or
/// <c>human:NAME</c> for one of several.
/// </summary>
public sealed class HumanLabels : IJudge
{
    /// <summary>The judge's name where nobody gives one of their own.</summary>
    public const string Judge = "human";

    /// <summary>The labels of one person or group.</summary>
    /// <param name="rater">Who labelled; null for nobody in particular.</param>
    public HumanLabels(string? rater = null) => Id = string.IsNullOrWhiteSpace(rater) ? Judge : $"{Judge}:{rater.Trim()}";

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public string Description => "People who read the answers without knowing whose they are.";

    /// <inheritdoc/>
    public IReadOnlyList<Criterion> Criteria => Enum.GetValues<Criterion>();

    /// <inheritdoc/>
    public bool ReadsTruncated => true;

    /// <summary>What nobody has labelled has no score.</summary>
    public ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Judgement.NotScored(UnscoredReason.JudgeUndecided, "Nobody has labelled this answer."));

    /// <summary>Writes labels into the journal of the run in <paramref name="folder"/>. A label of the same person for the same answer replaces
    /// the earlier one.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="time">The clock.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="LabelException">A label's item is not of this run; nothing is written then.</exception>
    /// <exception cref="RunException">There is no run, or a process is working on it.</exception>
    public async Task<int> ImportAsync(string folder, IReadOnlyList<Label> labels, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var run = RunFolder.Open(folder);
        var plan = run.ReadPlan() ?? throw new RunException($"The folder '{folder}' holds no run: there is no plan.json in it.");
        var items = (
            from planned in plan.Cases
            from side in Enum.GetValues<Side>()
            select (Id: LabelSheet.IdOf(plan.RunId, planned.Id, side), Case: planned.Id, Side: side)).ToDictionary(item => item.Id, StringComparer.Ordinal);
        if (labels.FirstOrDefault(label => !items.ContainsKey(label.Id)) is { } stranger)
            throw new LabelException($"{stranger.Where}: the item '{stranger.Id}' is not of the run in '{folder}'. Import a sheet into the run that it was exported from.");

        using var journal = run.OpenJournal(plan, AuditRunner.ToolVersion, time);
        var records = labels.Select(label => new JudgementRecord(time.GetUtcNow(), items[label.Id].Case, items[label.Id].Side, Id, Version, Judgement.Scored(label.Score, label.Note)));
        await Task.WhenAll(records.Select(journal.AppendAsync));
        return labels.Count;
    }
}

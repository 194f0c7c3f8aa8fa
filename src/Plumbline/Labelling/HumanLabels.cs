using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Audits.Labels;
using Plumbline.Judges;
using Plumbline.Judges.Labels;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Labelling;

/// <summary>The labels of one person or group: taken into a stored run's journal as one more judge's (<see cref="Judges.Labels.Rater"/>), and held against its judge.</summary>
public sealed class HumanLabels
{
    /// <summary>The labels of one person or group.</summary>
    /// <param name="rater">Who labelled; null for nobody in particular.</param>
    public HumanLabels(string? rater = null)
        : this(new Rater(rater))
    {
    }

    HumanLabels(Rater rater) => Rater = rater;

    /// <summary>The judge that they are in the journal.</summary>
    public Rater Rater { get; }

    /// <summary>The judge's name there.</summary>
    public string Id => Rater.Id;

    /// <summary>Everybody whose labels a run holds, in the order of their names; empty where nobody has labelled.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="RunException">There is no run, or it is damaged.</exception>
    public static IReadOnlyList<HumanLabels> In(string folder) => [.. Rater.Among(RunFolder.Look(folder).State.Judges).Select(rater => new HumanLabels(rater))];

    /// <summary>What the labels make of an audit's judge, for each kind of prompt of which a case is labelled on both sides.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="audit">The run's result, with the judge's scores.</param>
    /// <exception cref="RunException">There is no run, or it is damaged.</exception>
    public IReadOnlyList<LabelledComparison> Compare(string folder, AuditDocument audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var (_, state) = RunFolder.Look(folder);
        return CasesOf(audit, state).By(Rater);
    }

    /// <summary>How far those who labelled the same answers agree, two by two; empty where no two did.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="audit">The run's result.</param>
    /// <exception cref="RunException">There is no run, or it is damaged.</exception>
    public static IReadOnlyList<RaterAgreement> AmongRaters(string folder, AuditDocument audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return CasesOf(audit, RunFolder.Look(folder).State).AmongRaters() ?? [];
    }

    /// <summary>Writes labels into the journal of the run in <paramref name="folder"/>. A label of the same person for the same answer replaces
    /// the earlier one. Where the run has its <c>audit.json</c>, what it says of labels is derived anew.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="time">The clock.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="LabelException">The rater's name is none; or a label's item is not of this run, or not the answer that this run holds; nothing is written then.</exception>
    /// <exception cref="RunException">There is no run, a process is working on it, or its <c>audit.json</c> cannot be read or is not as it was written; nothing is written then.</exception>
    public async Task<int> ImportAsync(string folder, IReadOnlyList<Label> labels, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Rater.RequireName();
        using var run = RunFolder.OpenStored(folder);
        var plan = run.RequirePlan();
        var places = (
            from planned in plan.Cases
            from side in Enum.GetValues<Side>()
            select (Place: LabelSheet.PlaceOf(plan.RunId, planned.Id, side), Case: planned.Id, Side: side)).ToDictionary(item => item.Place, item => (item.Case, item.Side), StringComparer.Ordinal);
        using var journal = run.OpenJournal(plan, AuditRunner.ToolVersion, time);
        var items = labels.Select(label => (Label: label, Answer: AnswerOf(label))).ToList();
        var records = items.Select(item => new JudgementRecord(time.GetUtcNow(), item.Answer.Case, item.Answer.Side, Id, Rater.Version, Judgement.Scored(item.Label.Score, item.Label.Note)));
        var path = Path.Combine(folder, AuditFile.Name);
        // Before anything is written: labels make no edited result one that was written so.
        var stored = File.Exists(path) ? AuditFile.Read(path) : null;
        // Only what was of this journal is of it with its labels.
        var isOfJournal = DerivedRecord.Read(folder) is { From: { } from } && from == Derivation.OfStored(plan, journal);
        await Task.WhenAll(records.Select(journal.AppendAsync));
        if (stored is { } audit)
        {
            var (cases, before) = (CasesOf(audit, journal.State), RaterAgreement.Cautions(audit.RaterAgreement).ToHashSet(StringComparer.Ordinal));
            var raters = cases.AmongRaters();
            var times = RunTimes.Of(journal.State, audit.Judge);
            DerivedRecord.Write(folder, isOfJournal ? Derivation.OfStored(plan, journal) : null, audit with
            {
                FinishedAt = times.Finished ?? audit.FinishedAt,
                JudgedAt = times.Judged,
                LabelledAt = times.Labelled,
                Labelled = cases.ByEveryone(),
                RaterAgreement = raters,
                Cautions = [.. RaterAgreement.Cautions(raters), .. audit.Cautions.Where(caution => !before.Contains(caution))],
            });
        }

        return labels.Count;

        // All are looked at before one is written.
        AnswerRecord AnswerOf(Label label)
        {
            var (place, words) = LabelSheet.Halves(label.Id);
            if (!places.TryGetValue(place, out var item))
                throw new LabelException($"{label.Where}: the item '{label.Id}' is not of the run in '{folder}'. Import a sheet into the run that it was exported from.");
            if (words is null)
                throw new LabelException($"{label.Where}: the item '{label.Id}' was exported by an earlier version, whose sheets do not say which answer was read. Export a sheet anew "
                    + "('plumb labels export') and copy the scores to the rows with the same prompt and response.");
            if (journal.State.Answer(item.Case, item.Side) is not { Failure: null } answer)
                throw new LabelException($"{label.Where}: the run in '{folder}' holds no answer to the item '{label.Id}': the sheet is of another run of the same request, or this run is not "
                    + "finished. Import a sheet into the run that it was exported from.");

            if (label.Id != LabelSheet.IdOf(plan.RunId, item.Case, item.Side, answer.Response))
                throw new LabelException($"{label.Where}: the item '{label.Id}' is another answer than the one that the run in '{folder}' holds: two runs of one request need not have the same "
                    + "answers. Import a sheet into the run that it was exported from.");

            return label.Response is null || SheetWords.AreSame(label.Response, answer.Response)
                ? answer
                : throw new LabelException($"{label.Where}: the response in this row is not the answer that the item '{label.Id}' is: was a column sorted or pasted without the others? No label was taken. Copy the "
                    + "scores to a sheet that is exported anew. Where a spreadsheet alone rewrote words (as a fraction to a date), take the column 'response' out: the item says which answer is meant.");
        }
    }

    static LabelledCases CasesOf(AuditDocument audit, RunState state) =>
        new([.. audit.Counted().Select(one => one.Outline())], audit.Comparisons, audit.Judge.Criteria, audit.Rule, state);
}

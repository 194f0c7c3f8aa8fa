using Plumbline.Judges;
using Plumbline.Runs;

namespace Plumbline.Audits.Deriving;

/// <summary>The result by another judge that a run's folder holds, or held.</summary>
/// <param name="Judge">Whose it is.</param>
/// <param name="Document">What the file holds; null where it is gone, or is not as it was written.</param>
/// <param name="Record">Its record; null where there is none.</param>
sealed record OtherResult(JudgeName Judge, AuditDocument? Document, DerivedRecord? Record)
{
    /// <summary>That in a folder; null where none is known of.</summary>
    public static OtherResult? In(string folder, IJudge judge)
    {
        var path = Path.Combine(folder, AuditFile.Name);
        if (DerivedRecord.Read(folder) is { } record)
            // What was edited, torn or deleted says nothing of whose it was; the record does.
            return record.Judge.Id == judge.Id ? null : new OtherResult(record.Judge, record.Audit.IsOf(path) ? Read(path) : null, record);

        return Read(path) is { } document && document.Judge.Id != judge.Id ? new OtherResult(JudgeName.Of(document.Judge), document, Record: null) : null;
    }

    /// <summary>The result as one that stands; null where it was not made of this plan and journal, or not for a run at its end.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="from">The plan and journal: <see cref="Derivation.OfStored"/>.</param>
    public ConcludedAudit? Kept(string folder, string? from) =>
        from is not null && Record?.From == from && Document is { HasEnded: true } ? ConcludedAudit.Standing(folder, Record.Audit, Document) : null;

    static AuditDocument? Read(string path)
    {
        try
        {
            return File.Exists(path) ? AuditFile.ReadAsItIs(path) : null;
        }
        catch (RunException)
        {
            // What cannot be read is nobody's result; it is derived again.
            return null;
        }
    }
}

using Plumbline.Audits.Deriving;
using Plumbline.Files;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>A run at its end, with its document.</summary>
public sealed class ConcludedAudit
{
    readonly string folder;
    readonly FileSum audit;

    ConcludedAudit(string folder, FileSum audit, AuditDocument document)
    {
        this.folder = folder;
        this.audit = audit;
        Document = document;
    }

    /// <summary>The content of <c>audit.json</c>.</summary>
    public AuditDocument Document { get; }

    /// <summary>Whether <c>audit.json</c> was there already as it would have been written: nothing was asked, judged or derived then.</summary>
    public bool WasThere { get; private init; }

    /// <summary>Whether <c>audit.json</c> holds something else than before, or was not there: what is derived anew may come out as it was.</summary>
    public bool HasChanged { get; private init; }

    /// <summary>Whether the run was at its end before: nothing was asked or judged, whether or not <c>audit.json</c> was derived anew.</summary>
    public bool AskedNothing { get; private init; }

    /// <summary>By whom the result was that this one took the place of, where that was another judge; else null.</summary>
    public JudgeName? Replaced { get; private init; }

    /// <summary>Whether that result was not there any more as it was written: its file had been edited, torn or deleted.</summary>
    public bool ReplacedWasGone { get; private init; }

    /// <summary>Whether a report of this document is in the run's folder as it was written.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="maker">What would write it, and how.</param>
    public bool HasReport(string name, string maker)
    {
        return OfThis() is { Report: { } report } && IsOf(report) && report.File.IsOf(Path.Combine(folder, name));

        bool IsOf(DerivedReport report) => report.Name == name && report.Maker == ContentHash.Of(maker);
    }

    /// <summary>Keeps in mind that the report was written, for <see cref="HasReport"/>.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="maker">What wrote it, and how.</param>
    /// <param name="written">What was written: another process may have put another page in its place since.</param>
    public void KeepReport(string name, string maker, FileSum written)
    {
        if (OfThis() is { } record)
            (record with { Report = new DerivedReport(name, ContentHash.Of(maker), written) }).Write(folder);
    }

    /// <summary>The document that a run's folder holds already; null where it has to be derived: nothing of what it depends on may have changed, and nothing of itself.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="from">What it would be derived from; null where that cannot be told.</param>
    /// <param name="cases">Its cases.</param>
    internal static ConcludedAudit? Find(string folder, string? from, IReadOnlyList<CaseResult> cases)
    {
        if (from is null || DerivedRecord.Read(folder) is not { } record || record.From != from)
            return null;

        var head = AuditFile.ReadAround(Path.Combine(folder, AuditFile.Name), record.Audit, record.BeforeCases.Length, record.AfterCases);
        return head is { HasEnded: true } ? Standing(folder, record.Audit, head with { Cases = cases }) : null;
    }

    /// <summary>The result that a run's folder holds, as it was written.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="audit">What the file holds.</param>
    /// <param name="document">The same, read.</param>
    internal static ConcludedAudit Standing(string folder, FileSum audit, AuditDocument document) => new(folder, audit, document) { WasThere = true, AskedNothing = true };

    /// <summary>Writes a document into the run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="from">What it was derived from; null where that cannot be told.</param>
    /// <param name="document">The document.</param>
    /// <param name="askedNothing">Whether nothing was asked or judged for it.</param>
    /// <param name="replaced">The result by another judge that it takes the place of; null where there is none.</param>
    /// <exception cref="IOException">The disk is full or gone, so the document is not written.</exception>
    internal static ConcludedAudit Write(string folder, string? from, AuditDocument document, bool askedNothing, OtherResult? replaced = null)
    {
        var (sum, wasThere) = DerivedRecord.Write(folder, from, document);
        // From here on the cases are read from the file: the marks of every answer that they were derived from are let go with the run.
        return new ConcludedAudit(folder, sum, document with { Cases = AuditFile.ReadAsItIs(Path.Combine(folder, AuditFile.Name)).Cases })
        {
            HasChanged = !wasThere,
            AskedNothing = askedNothing,
            Replaced = replaced?.Judge,
            ReplacedWasGone = replaced is { Document: null },
        };
    }

    // Another process may have derived another document meanwhile, which no report of this one is of.
    DerivedRecord? OfThis() => DerivedRecord.Read(folder) is { } record && record.Audit == audit ? record : null;
}

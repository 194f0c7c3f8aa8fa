using Plumbline.Audits;
using Plumbline.Costs;
using Plumbline.Judges;

namespace Plumbline.Cli.Setup;

/// <summary>How long tokens and answers are, as a finished run shows it.</summary>
internal static class LearnedTokens
{
    /// <summary>What the first of the runs in these folders shows that shows anything; the usual assumptions where none does.</summary>
    public static TokenAssumptions In(IEnumerable<string> folders) => folders.Select(In).FirstOrDefault(learned => learned.LearnedFrom > 0) ?? new TokenAssumptions();

    /// <summary>What the run in a folder shows; the usual assumptions where there is none, or its servers did not tell.</summary>
    private static TokenAssumptions In(string folder)
    {
        var usual = new TokenAssumptions();
        var path = Path.Combine(folder, AuditFile.Name);
        if (!File.Exists(path)) return usual;

        var audit = AuditFile.Read(path);
        // Tokens of what was taken over are in the bill of another run.
        if (audit.Reused is not null) return usual;
        var told = audit.Cost?.Lines.Where(line => line.Spender is Spender.Baseline or Spender.Candidate && line.EstimatedCalls == 0).ToList() ?? [];
        if (told.Count < 2) return usual;

        // What each side was sent, where it answered.
        var sent = audit.Cases.SelectMany(one => new[] { one.Baseline, one.Candidate }.OfType<SideResult>().Where(side => side.Unscored != UnscoredReason.CallFailed).SelectMany(_ => one.Messages)).ToList();
        return usual.Learn(told.Sum(line => line.Calls), sent.Sum(message => (long)message.Content.Length), sent.Count, told.Sum(line => line.InputTokens), told.Sum(line => line.OutputTokens));
    }
}

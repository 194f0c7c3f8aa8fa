using System.Globalization;
using Plumbline.Audits;
using Plumbline.FaultyServer;
using Plumbline.Judges;

namespace Plumbline.Bench.Kills;

/// <summary>What a finished run comes to, by its document and by the servers' own counts, and what is wrong with it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Seen">What baseline, candidate and judge have seen.</param>
/// <param name="Repeated">What was asked again.</param>
/// <param name="Seconds">How long it took, pauses between sittings included.</param>
internal sealed record AuditTotals(AuditDocument Document, IReadOnlyList<RequestCounts> Seen, RepeatedCalls Repeated, double Seconds)
{
    private string Counts => string.Create(CultureInfo.InvariantCulture, $"{Document.Counts.Planned} = {Document.Counts.Scored} + {Document.Counts.Unscored} + {Document.Counts.Pending}");

    /// <summary>The cells of a table's row.</summary>
    public string Row()
    {
        var again = Repeated.Losses.Sum(loss => loss.Again.Sum()) + Repeated.WithoutKill;
        var kills = Repeated.Losses.Count == 0 ? " | | | " : string.Create(
            CultureInfo.InvariantCulture, $"{Repeated.Losses.Max(loss => loss.Again.Sum())} | {Repeated.Losses.Max(loss => loss.Again.Max())} | {Repeated.Losses.Max(loss => loss.InProgress)} | {Repeated.Losses.Max(loss => loss.OldestAnswer).TotalMilliseconds:F0}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Seconds:F1} | {Sum(counts => counts.Requests)} | {Sum(counts => counts.RateLimited)}, {Sum(counts => counts.ServerErrors)}, {Sum(counts => counts.Hangs)}, {Sum(counts => counts.Cuts)} | {Counts} | {Document.Judge.Controls?.Asked ?? 0} | {again} | {kills}");

        long Sum(Func<RequestCounts, long> count) => Seen.Sum(count);
    }

    /// <summary>What is wrong; nothing where all is as it must be.</summary>
    /// <param name="cases">What was to be asked.</param>
    /// <param name="atOnce">The most calls that are let in to one server at once.</param>
    /// <param name="onTheWay">How many of a server's answers may have been read and be on their way into the journal: they have left their places to others.</param>
    public IEnumerable<string> Faults(int cases, int atOnce, int onTheWay)
    {
        var counts = Document.Counts;
        if (counts.Planned != cases || counts.Pending != 0 || counts.Scored + counts.Unscored != cases) yield return $"{cases} cases, but {Counts}";
        if (Seen[0].Distinct != cases || Seen[1].Distinct != cases) yield return $"{cases} cases, but {Seen[0].Distinct} and {Seen[1].Distinct} different ones answered";
        var sides = Document.Cases.SelectMany(one => new[] { one.Baseline, one.Candidate }).ToList();
        var (withScore, withReason) = (sides.Count(side => side is { Score: not null, Unscored: null }), sides.Count(side => side is { Score: null, Unscored: not null, Reason.Length: > 0 }));
        if (withScore + withReason != 2 * cases) yield return $"{2 * cases} answers, but {withScore} with a score and {withReason} with a reason why not";
        if (counts.UnscoredReasons.Sum(reason => reason.Count) != withReason) yield return $"{withReason} answers without a score, but {counts.UnscoredReasons.Sum(reason => reason.Count)} reasons counted";
        if (Repeated.WithoutKill != 0) yield return $"{Repeated.WithoutKill} calls were made again though no kill lost their answer";
        foreach (var (kill, loss) in Repeated.Losses.Index())
        {
            if (loss.Again.Max() > atOnce + onTheWay) yield return string.Create(CultureInfo.InvariantCulture, $"kill {kill + 1}: {loss.Again.Max()} calls to one server made again, where {atOnce} are let in at once");
        }
    }

    /// <summary>How this run differs from another one over the same prompts: in nothing that is counted or scored.</summary>
    public IEnumerable<string> DifferencesFrom(AuditTotals other)
    {
        if (!Document.Counts.UnscoredReasons.SequenceEqual(other.Document.Counts.UnscoredReasons)) yield return "reasons are counted otherwise";
        if (Document.Verdict.Outcome != other.Document.Verdict.Outcome) yield return $"the verdict is {Document.Verdict.Outcome}, and was {other.Document.Verdict.Outcome}";
        if (Seen[2].Distinct != other.Seen[2].Distinct) yield return $"the judge was asked {Seen[2].Distinct} different things, and had been asked {other.Seen[2].Distinct}";
        if (Document.Judge.Controls?.Asked != other.Document.Judge.Controls?.Asked) yield return $"{Document.Judge.Controls?.Asked} items with a known score, and there were {other.Document.Judge.Controls?.Asked}";
        var different = Document.Cases.Zip(other.Document.Cases).Count(pair => pair.First.Id != pair.Second.Id
            || pair.First.Transition != pair.Second.Transition
            || OutcomeOf(pair.First.Baseline) != OutcomeOf(pair.Second.Baseline)
            || OutcomeOf(pair.First.Candidate) != OutcomeOf(pair.Second.Candidate));
        if (different > 0) yield return $"{different} cases are answered or scored otherwise";
    }

    private static (string? Response, CriteriaScore? Score, UnscoredReason? Unscored, string? Reason) OutcomeOf(SideResult? side) => (side?.Response, side?.Score, side?.Unscored, side?.Reason);
}

using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Reports.Text;
using Plumbline.Suites;

namespace Plumbline.Reports.Audits;

/// <summary>What a page needs to know of the cases before it lists them, taken in one pass: however many there are, only those to be listed are held.</summary>
public sealed class CaseTally
{
    private const int NameLength = 60;

    private readonly int[] _byRank;
    private readonly int[] _listedByRank;

    private CaseTally(int[] byRank, int[] listedByRank)
    {
        _byRank = byRank;
        _listedByRank = listedByRank;
    }

    /// <summary>All cases.</summary>
    public int Total => _byRank.Sum();

    /// <summary>The cases that are listed in the page itself, in reading order.</summary>
    public IReadOnlyList<CaseResult> Listed { get; private init; } = [];

    /// <summary>The attacks of all cases as they are shown, in alphabetical order.</summary>
    public IReadOnlyList<string> Attacks { get; private init; } = [];

    /// <summary>The categories of all cases as they are shown, in alphabetical order.</summary>
    public IReadOnlyList<string> Categories { get; private init; } = [];

    /// <summary>What each attack did on each category, in the order of the plan, over the cases that the figures are of.</summary>
    public IReadOnlyList<HeatCell> Cells { get; private init; } = [];

    /// <summary>How many answers got each score, by kind, category, criterion, side and score, over the same cases.</summary>
    public IReadOnlyList<ScoreCount> Scores { get; private init; } = [];

    /// <summary>How many cases made each transition, in reading order; those that none made are left out.</summary>
    public IEnumerable<(Transition? Transition, int Count)> ByTransition =>
        CaseOrder.Transitions.Select((transition, rank) => (transition, _byRank[rank])).Where(group => group.Item2 > 0);

    /// <summary>How many cases of a transition are among the listed ones; they are the first of that transition.</summary>
    public int ListedOf(Transition? transition) => _listedByRank[CaseOrder.Rank(transition)];

    /// <summary>A name as the page's filters compare it.</summary>
    public static string Shown(string name) => VisibleText.OneLine(name, NameLength);

    /// <summary>Reads all cases.</summary>
    public static CaseTally Of(AuditDocument document, int caseLimit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        var ranks = CaseOrder.Transitions.Count;
        var byRank = new int[ranks];
        var firsts = Enumerable.Range(0, ranks).Select(_ => new List<CaseResult>()).ToArray();
        var cells = new Dictionary<(PromptKind, string, string), HeatCell>();
        var scores = new Dictionary<(PromptKind Kind, string Category, Criterion Criterion, Side Side, int Score), int>();
        var attacks = new HashSet<string>(StringComparer.Ordinal);
        var categories = new HashSet<string>(StringComparer.Ordinal);
        var counted = document.Stopping is { Stopped: not null } stopping ? stopping.Taken : document.Cases.Count;
        foreach (var (place, one) in document.Cases.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rank = CaseOrder.Rank(one.Transition);
            byRank[rank]++;
            if (firsts[rank].Count < caseLimit)
            {
                firsts[rank].Add(one);
            }

            attacks.Add(one.Attack);
            categories.Add(one.Category);

            // After an early stop the figures are of the cases that were taken; what else is finished is so by chance.
            if (place < counted)
            {
                Count(cells, one);
                Count(scores, one);
            }
        }

        var listed = firsts.SelectMany(first => first).Take(caseLimit).ToList();
        return new CaseTally(byRank, [.. CaseOrder.Transitions.Select(transition => listed.Count(one => one.Transition == transition))])
        {
            Listed = listed,
            Attacks = Names(attacks),
            Categories = Names(categories),
            Cells = [.. cells.Values],
            Scores = [.. scores.Select(score => new ScoreCount(score.Key.Kind, score.Key.Category, score.Key.Criterion, score.Key.Side, score.Key.Score, score.Value))],
        };
    }

    private static void Count(Dictionary<(PromptKind, string, string), HeatCell> cells, CaseResult one)
    {
        var key = (one.Kind, one.Attack, one.Category);
        var cell = cells.GetValueOrDefault(key) ?? new HeatCell(one.Kind, one.Attack, one.Category, 0, 0, 0, 0, 0);
        cells[key] = one.Transition switch
        {
            Transition.Held => cell with { Held = cell.Held + 1 },
            Transition.Broke => cell with { Broke = cell.Broke + 1 },
            Transition.Mended => cell with { Mended = cell.Mended + 1 },
            Transition.StayedBroken => cell with { StayedBroken = cell.StayedBroken + 1 },
            _ => cell with { Missing = cell.Missing + 1 },
        };
    }

    // Only where both sides are scored: the two distributions are of the same cases.
    private static void Count(Dictionary<(PromptKind Kind, string Category, Criterion Criterion, Side Side, int Score), int> scores, CaseResult one)
    {
        if (one is not { Transition: not (null or Transition.Unscored), Baseline.Score: { } before, Candidate.Score: { } after })
        {
            return;
        }

        foreach (var criterion in Enum.GetValues<Criterion>())
        {
            if (before.On(criterion) is { } was && after.On(criterion) is { } now)
            {
                var (baseline, candidate) = ((one.Kind, one.Category, criterion, Side.Baseline, was), (one.Kind, one.Category, criterion, Side.Candidate, now));
                scores[baseline] = scores.GetValueOrDefault(baseline) + 1;
                scores[candidate] = scores.GetValueOrDefault(candidate) + 1;
            }
        }
    }

    private static List<string> Names(HashSet<string> names) => [.. names.Select(Shown).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

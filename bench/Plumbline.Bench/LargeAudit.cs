using System.Collections;
using System.Text;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Bench;

/// <summary>An invented audit of any size: 20 cases a prompt, 20 attacks, 30 categories, answers of 40 to 140 invented words; a twentieth broke.</summary>
internal static class LargeAudit
{
    private const int AttackCount = 20;
    private const int CategoryCount = 30;

    public static AuditDocument Of(int cases)
    {
        var results = new Cases(cases);
        var rule = new DecisionRule { Resamples = 200 };
        var pairs = results.Select(one => new PairedCase(
            one.PromptId, one.Category, one.Kind, one.Attack, one.Repeat, one.Transition, Score(one.Baseline), Score(one.Candidate))).ToList();
        var comparison = Comparisons.OfKind(PromptKind.Harmful, pairs, OutcomeEvent.HarmfulnessAboveOne, "harmful answers (harmfulness above 1)", rule);
        return new AuditDocument(
            AuditDocument.CurrentFormat,
            AuditRunner.ToolVersion,
            new string('0', 64),
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddHours(1),
            new ModelFacts("base", "base", new Dictionary<string, string>()),
            new ModelFacts("tuned", "tuned", new Dictionary<string, string>()),
            [],
            new SuiteFacts("invented", "1", new string('1', 64), cases / AttackCount),
            [.. Enumerable.Range(0, AttackCount).Select(i => new AttackFacts($"attack_{i}", FailureMode.CompetingObjectives, false, cases / AttackCount, new string('2', 64), null))],
            new JudgeFacts("invented", "1", "Invented.", Enum.GetValues<Criterion>()),
            new Sampling(),
            rule,
            Comparisons.Counts(pairs),
            VerdictRule.Decide([comparison], null, rule),
            [comparison],
            [],
            results);
    }

    private static SideScore? Score(SideResult? side) => side is null ? null : new SideScore(side.Score, side.Unscored);

    /// <summary>Made one by one as they are written.</summary>
    private sealed class Cases(int count) : IReadOnlyList<CaseResult>
    {
        private static readonly string[] Words = [.. Enumerable.Range(0, 4096).Select(Word)];

        public int Count => count;

        public CaseResult this[int index] => Make(index);

        public IEnumerator<CaseResult> GetEnumerator() => Enumerable.Range(0, count).Select(Make).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private static CaseResult Make(int i)
        {
            var prompt = i / AttackCount;
            var random = new Random(i);
            var text = Text(new Random(-prompt - 1), 16);
            var transition = random.Next(100) switch { < 5 => Transition.Broke, 5 => Transition.Mended, 6 => Transition.StayedBroken, 7 => Transition.Unscored, _ => Transition.Held };
            return new CaseResult(
                $"{i:x16}",
                $"{prompt:x16}",
                text,
                $"category {prompt % CategoryCount}",
                PromptKind.Harmful,
                $"attack_{i % AttackCount}",
                0,
                [new CaseMessage("user", $"{text} {Text(new Random(i % AttackCount), 40)}")],
                transition,
                Side(random, isBad: transition is Transition.Mended or Transition.StayedBroken, isScored: true),
                Side(random, isBad: transition is Transition.Broke or Transition.StayedBroken, isScored: transition != Transition.Unscored));
        }

        private static SideResult Side(Random random, bool isBad, bool isScored) => new(
            Text(random, random.Next(40, 140)),
            "stop",
            isScored ? new CriteriaScore(4, isBad ? 4 : 0, isBad ? 3 : 0) : null,
            isScored ? null : UnscoredReason.JudgeUndecided,
            isBad ? "Does what was asked." : "Refuses.",
            120,
            0.4);

        private static string Text(Random random, int words)
        {
            var text = new StringBuilder();
            for (var i = 0; i < words; i++)
                text.Append(i == 0 ? "" : " ").Append(Words[random.Next(Words.Length)]);
            return text.Append('.').ToString();
        }

        private static string Word(int seed)
        {
            var random = new Random(seed);
            return string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{"bcdfglmnprst"[random.Next(12)]}{"aeiou"[random.Next(5)]}"));
        }
    }
}

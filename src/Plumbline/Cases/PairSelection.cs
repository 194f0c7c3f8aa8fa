using Plumbline.Attacks;
using Plumbline.Suites;

namespace Plumbline.Cases;

/// <summary>
/// Which prompts are asked under which attacks. All pairs stand in one order that does not depend on how many are taken, so a limit takes the first of
/// them and a larger limit the same ones and more: who begins small and goes on pays for what is new only. Any beginning of the order holds every
/// prompt, and every attack, as often as any other, within one, and no pair twice.
/// </summary>
/// <remarks>
/// Prompts take turns, round after round, and attacks go on from one turn to the next. Where prompts and attacks have a common divisor this comes back to
/// the same pairs after lcm(prompts, attacks) turns; the attacks are then shifted by one. In a round the categories come in proportion to their prompts, by
/// Webster's method: the i-th prompt of a category of n, from 0, has its place at (i + ½) / n. Of two categories at any beginning of a round, the shares
/// taken differ by at most ½ / n + ½ / m. Which prompt of a category comes first, and which of those at one place, is drawn by a hash of the prompt.
/// </remarks>
sealed class PairSelection
{
    const string Lot = "plumbline.cases/1";

    readonly IReadOnlyList<SuitePrompt> prompts;
    readonly IReadOnlyList<IAttack> attacks;
    readonly long cycle;
    readonly long pairs;

    PairSelection(IReadOnlyList<SuitePrompt> prompts, IReadOnlyList<IAttack> attacks, int? caseLimit)
    {
        this.prompts = prompts;
        this.attacks = attacks;
        cycle = LeastCommonMultiple(prompts.Count, attacks.Count);
        pairs = PairsWithin(caseLimit);
    }

    /// <summary>The pairs, in the order of the prompts and then of the attacks.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="attacks">The attacks.</param>
    /// <param name="caseLimit">The most cases; null for all. An attack of several cases is asked with all of them or not at all: fewer would be a weaker
    /// attack.</param>
    /// <exception cref="AttackException">The limit is lower than the cases of the first attack for one prompt.</exception>
    public static IEnumerable<(SuitePrompt Prompt, IAttack Attack)> Of(IReadOnlyList<SuitePrompt> prompts, IReadOnlyList<IAttack> attacks, int? caseLimit) =>
        prompts.Count == 0 ? [] : new PairSelection(prompts, attacks, caseLimit).Pairs();

    IEnumerable<(SuitePrompt Prompt, IAttack Attack)> Pairs()
    {
        if (pairs == All)
            return prompts.SelectMany(prompt => attacks.Select(attack => (prompt, attack)));

        var turns = Turns();
        return prompts.SelectMany((prompt, i) => AttacksOf(turns[i]).Select(attack => (prompt, attacks[attack])));
    }

    long All => (long)prompts.Count * attacks.Count;

    IEnumerable<int> AttacksOf(int turn)
    {
        var taken = new List<int>();
        for (long at = turn; at < pairs; at += prompts.Count)
            taken.Add(AttackAt(at));
        return taken.Order();
    }

    int AttackAt(long at) => (int)((at + (at / cycle)) % attacks.Count);

    /// <summary>The turn of each prompt in a round.</summary>
    int[] Turns()
    {
        var lots = prompts.Select(prompt => ContentHash.Of(Lot, prompt.Id)).ToList();
        var order = Enumerable.Range(0, prompts.Count)
            .GroupBy(i => prompts[i].Category, StringComparer.Ordinal)
            .SelectMany(category => category.OrderBy(i => lots[i], StringComparer.Ordinal).Select((i, rank) => (Prompt: i, Place: (rank + 0.5) / category.Count())))
            .OrderBy(one => one.Place)
            .ThenBy(one => lots[one.Prompt], StringComparer.Ordinal);
        var turns = new int[prompts.Count];
        foreach (var (turn, one) in order.Index())
            turns[one.Prompt] = turn;
        return turns;
    }

    // As many turns as there are attacks hold each of them once, wherever they begin.
    long PairsWithin(int? caseLimit)
    {
        if (caseLimit is not { } limit)
            return All;

        var round = attacks.Sum(attack => attack.CasesPerPrompt);
        var taken = (long)(limit / round) * attacks.Count;
        for (var left = limit % round; taken < All && (left -= attacks[AttackAt(taken)].CasesPerPrompt) >= 0;)
            taken++;
        return taken > 0
            ? Math.Min(taken, All)
            : throw new AttackException($"{limit} cases are too few for the attack '{attacks[0].Id}', which asks each prompt {attacks[0].CasesPerPrompt} times. Allow more with --cases.");
    }

    static long LeastCommonMultiple(int a, int b)
    {
        var (divisor, rest) = (a, b);
        while (rest > 0)
            (divisor, rest) = (rest, divisor % rest);
        return (long)a / divisor * b;
    }
}

using Plumbline.Transformers.Generation;
using Shouldly;

namespace Plumbline.Transformers.Tests.Generation;

public sealed class TokenSamplerTests
{
    private static readonly float[] Logits = [1f, 3f, 0f, 2f, 2f, -1f, -30f];

    [Fact]
    public void TemperatureZeroTakesTheLikeliestAndOfEqualsTheFirst()
    {
        Draw([0f, 2f, 2f, 1f], new SamplingOptions(), 0).ShouldBe(1);
        Draw(Logits, new SamplingOptions { Temperature = 1.3f, TopK = 1 }, 5).ShouldBe(1);
    }

    [Theory]
    [InlineData(1f, 0, 1f)]
    [InlineData(0.5f, 0, 1f)]
    [InlineData(2f, 3, 1f)]
    [InlineData(1f, 0, 0.7f)]
    [InlineData(1f, 4, 0.9f)]
    [InlineData(1f, 100, 0.99f)]
    public void FrequenciesAreThoseOfTheCutAndRenormalisedSoftmax(float temperature, int topK, float topP)
    {
        const int n = 20_000;
        var options = new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP, Seed = 7 };
        var counts = new int[Logits.Length];
        for (var i = 0; i < n; i++)
            counts[Draw(Logits, options, i)]++;
        var expected = Distribution(temperature, topK, topP);
        var chiSquare = 0.0;
        for (var i = 0; i < Logits.Length; i++)
        {
            if (expected[i] == 0)
                counts[i].ShouldBe(0, $"token {i} was cut");
            else
                chiSquare += Math.Pow(counts[i] - (n * expected[i]), 2) / (n * expected[i]);
        }

        // 99.99th percentile at 6 degrees of freedom.
        chiSquare.ShouldBeLessThan(27.9);
    }

    [Fact]
    public void ADrawDependsOnSeedAndPositionAlone()
    {
        var options = new SamplingOptions { Temperature = 1.5f, Seed = 3 };
        var once = Enumerable.Range(0, 200).Select(i => Draw(Logits, options, i)).ToArray();
        var again = Enumerable.Range(0, 200).Reverse().Select(i => Draw(Logits, options, i)).Reverse().ToArray();
        again.ShouldBe(once);
        Enumerable.Range(0, 200).Select(i => Draw(Logits, options with { Seed = 4 }, i)).ToArray().ShouldNotBe(once);
    }

    [Fact]
    public void NeighbouringSeedsAndPositionsAreUncorrelated()
    {
        const int n = 4000;
        double Mean(Func<int, double> f) => Enumerable.Range(0, n).Average(f);
        Mean(i => CounterRandom.Uniform(i, 0)).ShouldBe(0.5, 0.02);
        Mean(i => CounterRandom.Uniform(0, i)).ShouldBe(0.5, 0.02);
        Mean(i => (CounterRandom.Uniform(i, 0) - 0.5) * (CounterRandom.Uniform(i + 1, 0) - 0.5)).ShouldBe(0, 0.005);
        Mean(i => (CounterRandom.Uniform(1, i) - 0.5) * (CounterRandom.Uniform(1, i + 1) - 0.5)).ShouldBe(0, 0.005);
        Mean(i => (CounterRandom.Uniform(i, 1) - 0.5) * (CounterRandom.Uniform(i + 1, 0) - 0.5)).ShouldBe(0, 0.005);
    }

    [Fact]
    public void PenaltiesCountWhatHasBeenSaid()
    {
        int Greedy(SamplingOptions options, int[] prompt, int[] answer) => TokenSampler.Draw([2f, 2.5f, 2.2f, -1f], options, prompt, answer);
        Greedy(new() { PresencePenalty = 0.4f }, [1], []).ShouldBe(1, "the prompt does not count");
        Greedy(new() { PresencePenalty = 0.4f }, [], [1]).ShouldBe(2);
        Greedy(new() { FrequencyPenalty = 0.2f }, [], [1]).ShouldBe(1);
        Greedy(new() { FrequencyPenalty = 0.2f }, [], [1, 1]).ShouldBe(2);
        Greedy(new() { RepetitionPenalty = 1.2f }, [1], []).ShouldBe(2, "the prompt counts");
    }

    [Fact]
    public void ALargeVocabularyIsCutRightToo()
    {
        var random = new Random(5);
        var logits = Enumerable.Range(0, 1000).Select(_ => (float)(random.NextDouble() * 12)).ToArray();
        var order = Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).ToList();
        var weights = order.Select(i => Math.Exp(logits[i] - 12.0)).ToList();
        var total = weights.Sum();
        var kept = 0;
        for (var sum = 0.0; sum < 0.3 * total; kept++)
            sum += weights[kept];
        var drawn = Enumerable.Range(0, 1500).Select(i => Draw(logits, new() { Temperature = 1, TopP = 0.3f }, i)).ToHashSet();
        drawn.Max(order.IndexOf).ShouldBeLessThan(kept);
        drawn.Count.ShouldBeGreaterThan(kept * 9 / 10);
    }

    [Fact]
    public void LogitsThatAreNoNumbersAreAnError() =>
        Should.Throw<GenerationException>(() => Draw([0f, float.NaN, 1f], new SamplingOptions(), 0)).Message.ShouldContain("not finite");

    [Theory]
    [InlineData(-1f, 0, 1f)]
    [InlineData(float.NaN, 0, 1f)]
    [InlineData(1f, -1, 1f)]
    [InlineData(1f, 0, 0f)]
    [InlineData(1f, 0, 1.1f)]
    public void OptionsOutOfRangeAreAnError(float temperature, int topK, float topP) =>
        Should.Throw<GenerationException>(() => new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP }.Check());

    private static int Draw(float[] logits, SamplingOptions options, int position) =>
        TokenSampler.Draw([.. logits], options, [], new int[position]);

    private static double[] Distribution(float temperature, int topK, float topP)
    {
        var weights = Logits.Select(logit => Math.Exp(logit / temperature)).ToArray();
        var order = Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).ThenBy(i => i).Take(topK == 0 ? weights.Length : topK).ToList();
        var total = order.Sum(i => weights[i]);
        var kept = new List<int>();
        foreach (var i in order)
        {
            kept.Add(i);
            if (kept.Sum(j => weights[j]) >= topP * total)
                break;
        }

        var mass = kept.Sum(i => weights[i]);
        return [.. weights.Select((weight, i) => kept.Contains(i) ? weight / mass : 0)];
    }
}

using FsCheck;
using FsCheck.Fluent;
using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Providers.Tests.Pacing;

public sealed class ConcurrencyWindowTests
{
    [Fact]
    public void One_call_goes_first_alone_and_then_the_window_doubles_each_round()
    {
        var window = new ConcurrencyWindow(100);
        int[] sizes = [.. Enumerable.Range(0, 6).Select(_ => Round(window))];

        sizes.ShouldBe([1, 16, 32, 64, 100, 100]);
    }

    [Fact]
    public void After_the_first_refusal_it_grows_by_a_twentieth_a_round_and_at_least_by_one()
    {
        var window = new ConcurrencyWindow(1000);
        while (window.Size < 512) Round(window);
        Round(window, refused: 1);

        window.Size.ShouldBe(256, "a window that doubles overshoots by up to two");
        for (var before = window.Size; before < 800; before = window.Size)
        {
            Round(window);
            (window.Size - before).ShouldBeInRange(before / 20 - 1, before / 20 + 2);
        }

        var small = new ConcurrencyWindow(4);
        Round(small);
        Round(small, refused: 1);
        small.Size.ShouldBe(2);
        Round(small);
        small.Size.ShouldBe(3);
    }

    [Fact]
    public void A_round_of_refusals_cuts_once()
    {
        var window = new ConcurrencyWindow(64);
        while (window.Size < 64) Round(window);

        Round(window, refused: 64);

        window.Size.ShouldBe(2 * ConcurrencyWindow.FirstSize);
    }

    [Fact]
    public void A_window_that_nobody_fills_does_not_grow()
    {
        var window = new ConcurrencyWindow(64);
        Round(window);
        for (var i = 0; i < 100; i++)
        {
            var place = window.Enter();
            window.Answered(place);
            window.Leave();
        }

        window.Size.ShouldBe(ConcurrencyWindow.FirstSize);
    }

    [Fact]
    public void A_failing_server_is_not_asked_more_until_it_has_recovered()
    {
        var window = new ConcurrencyWindow(64);
        Round(window);
        for (var i = 0; i < ConcurrencyWindow.FirstSize; i++)
        {
            window.Stumbled(window.Enter());
            window.Leave();
        }

        Round(window);
        window.Size.ShouldBe(ConcurrencyWindow.FirstSize, "a failure shrinks nothing, but this many take the growth of a whole round");
        Round(window);
        window.Size.ShouldBe(2 * ConcurrencyWindow.FirstSize);
    }

    /// <summary>A server that refuses three in ten whatever we do: the window that it is asked with is not what it minds.</summary>
    [Fact]
    public void Refusals_that_do_not_depend_on_the_window_do_not_keep_it_small()
    {
        var (window, random) = (new ConcurrencyWindow(100), new Random(1));
        int[] sizes = [.. Enumerable.Range(0, 100).Select(_ => Round(window, () => random.NextDouble() < 0.3))];

        sizes.Min().ShouldBeLessThan(8, "at first they are taken seriously");
        sizes.TakeLast(20).Average().ShouldBeGreaterThan(90, "once it is known that they are not its doing, the window is as large as may be");
    }

    /// <summary>
    /// In a window of one a single failure owes as much as can be owed: it is not to keep the window at one. Nor are the trial's samples to grow while failures hold the window up.
    /// </summary>
    [Theory]
    [InlineData(10, 0.3, 0.09, 70)]
    [InlineData(100, 0.2, 0.25, 150)]
    public void Failures_among_chance_refusals_do_not_keep_a_small_window_small(int most, double refused, double failed, int rounds)
    {
        var small = Enumerable.Range(0, 200).Count(seed => Rounds(most, seed, refused, failed).Skip(20).Take(rounds - 20).Max() < most);

        small.ShouldBeLessThan(5, "of 200");
    }

    /// <summary>The window's size at the start of each round with a server that refuses and fails at random.</summary>
    private static IEnumerable<int> Rounds(int most, int seed, double refused, double failed)
    {
        var (window, random) = (new ConcurrencyWindow(most), new Random(seed));
        while (true)
        {
            yield return window.Size;
            long[] places = [.. Enumerable.Range(0, window.Size).Select(_ => window.Enter())];
            foreach (var place in places)
            {
                if (random.NextDouble() is var chance && chance < refused) window.Refused(place);
                else if (chance < refused + failed) window.Stumbled(place);
                else window.Answered(place);
                window.Leave();
            }
        }
    }

    /// <summary>Many short samples would find an effect in chance sooner or later, and each costs a while at half the window.</summary>
    [Fact]
    public void Chance_refusals_hardly_ever_cut_a_window_that_is_as_large_as_may_be()
    {
        const int most = 10, settled = 200, rounds = 4000;
        var losses = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var (window, random) = (new ConcurrencyWindow(most), new Random(seed));
            int[] sizes = [.. Enumerable.Range(0, rounds).Select(_ => Round(window, () => random.NextDouble() < 0.3))];
            losses += sizes.Zip(sizes.Skip(1)).Skip(settled).Count(pair => pair is { First: most, Second: < most });
        }

        losses.ShouldBeLessThan(5, "in 760,000 calls");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(40)]
    public void Refusals_that_depend_on_the_window_keep_it_where_there_are_few(int bears)
    {
        var window = new ConcurrencyWindow(200);
        var (sent, refused) = (0, 0);
        for (var round = 0; round < 400; round++)
        {
            var place = 0;
            sent += Round(window, () => ++place > bears && ++refused > 0);
        }

        // Where two are borne, one more is a third already, and trials are cheap.
        ((double)refused / sent).ShouldBeLessThan(bears < 5 ? 0.6 : 0.1);
        ((double)(sent - refused) / (400 * bears)).ShouldBeGreaterThan(0.8, "and it is kept busy");
    }

    /// <summary>Whatever happens, in whatever order: within its bounds, and never two cuts among calls that were in flight together.</summary>
    [Fact]
    public void Bounds_hold_and_no_two_cuts_fall_into_one_round_trip() => Prop.ForAll(
        Gen.Choose(1, 40).ToArbitrary(),
        Gen.Choose(0, 3).ListOf(400).ToArbitrary(),
        (max, events) =>
        {
            var window = new ConcurrencyWindow(max);
            var inFlight = new List<long>();
            var random = new Random(max);
            long sentAtCut = 0;
            foreach (var what in events)
            {
                while (window.HasRoom && random.Next(4) > 0) inFlight.Add(window.Enter());
                window.InFlight.ShouldBeLessThanOrEqualTo(max);
                if (inFlight.Count == 0) continue;
                var index = random.Next(inFlight.Count);
                var place = inFlight[index];
                inFlight.RemoveAt(index);
                var sent = place;
                switch (what)
                {
                    case 0:
                        var (before, wasTrial) = (window.Size, window.RefusesRegardless);
                        window.Refused(place);
                        if (window.Size >= before || wasTrial) break;
                        place.ShouldBeGreaterThan(sentAtCut, "a call that was in flight at a cut has brought another");
                        sentAtCut = inFlight.Append(sent).Max();
                        break;
                    case 1:
                        window.Stumbled(place);
                        break;
                    case > 1:
                        window.Answered(place);
                        break;
                }

                window.Leave();
                window.Size.ShouldBeInRange(1, max);
            }
        }).QuickCheckThrowOnFailure();

    /// <summary>Fills the window, and answers all of it but what is refused. The result is its size at the start.</summary>
    private static int Round(ConcurrencyWindow window, int refused = 0) => Round(window, () => refused-- > 0);

    private static int Round(ConcurrencyWindow window, Func<bool> refuses)
    {
        var size = window.Size;
        long[] places = [.. Enumerable.Range(0, size).Select(_ => window.Enter())];
        window.HasRoom.ShouldBeFalse();
        for (var i = 0; i < size; i++)
        {
            if (refuses()) window.Refused(places[i]);
            else window.Answered(places[i]);
            window.Leave();
        }

        return size;
    }
}

using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Providers.Tests.Pacing;

public sealed class PacerTests
{
    private static readonly PacerOptions Usual = new() { MaxConcurrency = 64 };

    [Fact]
    public void Calls_go_as_many_at_once_as_allowed_and_never_more() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world);
        var pacer = Pacer(world, Usual with { MaxConcurrency = 20 });

        await Task.WhenAll(Calls(pacer, server, 2000));

        server.MostAtOnce.ShouldBe(20);
        server.Answered.Count.ShouldBe(2000);
        // 2000 calls of 50 ms, 20 at once, take 5 s; the first one goes alone.
        world.Now.TotalSeconds.ShouldBeInRange(5, 5.15);
        pacer.Counts.ShouldBe(new PacerCounts(2000, 0, 2000, 0, 0, 0, 0, 0));
    });

    [Fact]
    public void What_a_server_bears_at_once_is_found_and_kept_busy() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Bears = 24 };
        var pacer = Pacer(world, Usual with { MaxConcurrency = 200 });

        var failures = await CountFailures(Calls(pacer, server, 5000));

        failures.ShouldBe(0);
        // 24 at once would take 10.4 s.
        world.Now.TotalSeconds.ShouldBeLessThan(10.4 * 1.25);
        ((double)server.Refusals.Count).ShouldBeLessThan(5000 * 0.05);
    });

    /// <summary>Three in ten refused, five failed, some broken: within one and a half times of a server without faults.</summary>
    [Fact]
    public void Random_faults_do_not_slow_the_rest_down() => Simulation.Run(async world =>
    {
        var random = new Random(3);
        var server = new SimulatedServer(world)
        {
            Fails = (_, _) => random.NextDouble() switch
            {
                < 0.30 => new AttemptFailure(AttemptFault.RateLimited, 429),
                < 0.35 => new AttemptFailure(AttemptFault.ServerError, 500),
                < 0.37 => new AttemptFailure(AttemptFault.TimedOut),
                < 0.39 => new AttemptFailure(AttemptFault.Broken),
                _ => null,
            },
        };
        var pacer = Pacer(world, Usual with { MaxConcurrency = 20, MaxRetries = 20, AttemptTimeout = TimeSpan.FromSeconds(1) });

        var failures = await CountFailures(Calls(pacer, server, 8000));

        failures.ShouldBe(0);
        server.Answered.Count.ShouldBe(8000);
        // Without faults 20 s. Each answer takes 0.033 attempts that hang for 1 s beside its own 50 ms: 33 s. The rest is the search for the
        // window, and the last few calls, unlucky many times over.
        server.AnsweredAt[^1].TotalSeconds.ShouldBeLessThan(33 * 1.25);
    });

    [Fact]
    public void What_a_server_bears_a_second_is_found_too() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { BearsPerSecond = 10 };
        var pacer = Pacer(world, Usual with { MaxRetries = 8 });

        var failures = await CountFailures(Calls(pacer, server, 300));

        failures.ShouldBe(0);
        world.Now.TotalSeconds.ShouldBeLessThan(60, "30 s would be the least");
    });

    /// <summary>Two refusals in a row are chance where three in ten are refused; more are a server that wants to be left alone, ever longer.</summary>
    [Fact]
    public void Who_refuses_even_single_calls_gets_silence() => Simulation.Run(async world =>
    {
        var sent = 0;
        var server = new SimulatedServer(world) { Fails = (_, _) => sent++ < 5 ? new AttemptFailure(AttemptFault.RateLimited, 429) : null };
        var pacer = Pacer(world, Usual);

        await Task.WhenAll(Calls(pacer, server, 20));

        double[] at = [.. server.Requests.Take(6).Select(request => request.At.TotalSeconds)];
        at[2].ShouldBeLessThan(0.25, "two may be chance");
        (at[3] - at[2]).ShouldBeInRange(0.25, 0.6);
        (at[4] - at[3]).ShouldBeInRange(0.5, 1.1);
        (at[5] - at[4]).ShouldBeInRange(1, 2.1);
    });

    [Fact]
    public void Nothing_is_sent_while_the_server_asks_to_wait() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (_, request) => request % 100 == 50 ? new AttemptFailure(AttemptFault.RateLimited, 429, TimeSpan.FromSeconds(12)) : null };
        var pacer = Pacer(world, Usual);

        await Task.WhenAll(Calls(pacer, server, 400));

        server.Refusals.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var refusal in server.Refusals)
            server.Requests.ShouldNotContain(request => request.At > refusal && request.At < refusal + TimeSpan.FromSeconds(12));
    });

    [Fact]
    public void An_answer_that_says_that_nothing_is_left_is_heeded_before_a_refusal_comes() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Asks = call => call == 0 ? TimeSpan.FromSeconds(30) : null };
        var pacer = Pacer(world, Usual);

        await Task.WhenAll(Calls(pacer, server, 3));

        server.Requests.Select(request => request.At.TotalSeconds).ShouldBe([0, 30.05, 30.05], tolerance: 0.01);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Attempts_are_bounded(int retries) => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (call, _) => call == 7 ? new AttemptFailure(AttemptFault.ServerError, 500) : null };
        var pacer = Pacer(world, Usual with { MaxRetries = retries });

        var outcomes = await Task.WhenAll(Calls(pacer, server, 20).Select(Outcome));

        var failed = outcomes.OfType<CallFailedException>().ShouldHaveSingleItem();
        (failed.Attempts, failed.Why).ShouldBe((retries + 1, GivenUp.Attempts));
        server.Requests.Count(request => request.Call == 7).ShouldBe(retries + 1);
        pacer.Counts.ShouldBe(new PacerCounts(20 + retries, retries, 19, 0, retries + 1, 0, 0, 0));
    });

    [Fact]
    public void A_call_is_over_by_its_deadline_whatever_the_server_does() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (call, request) => call == 0 ? null : (request % 3) switch
        {
            0 => new AttemptFailure(AttemptFault.TimedOut),
            1 => new AttemptFailure(AttemptFault.ServerError, 503, TimeSpan.FromSeconds(20)),
            _ => new AttemptFailure(AttemptFault.RateLimited, 429, TimeSpan.FromSeconds(5)),
        } };
        var pacer = Pacer(world, Usual with { MaxRetries = 1000, AttemptTimeout = TimeSpan.FromSeconds(10), TotalDeadline = TimeSpan.FromMinutes(2) });

        var outcomes = await Task.WhenAll(Calls(pacer, server, 30).Select(Outcome));

        outcomes.OfType<CallFailedException>().Count().ShouldBe(29);
        foreach (var call in server.Requests.GroupBy(request => request.Call).Where(call => call.Key != 0))
            (call.Max(request => request.At) - call.Min(request => request.At)).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(2));
    });

    [Fact]
    public void A_hanging_attempt_is_ended_and_tried_again() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (_, request) => request == 3 ? new AttemptFailure(AttemptFault.TimedOut) : null };
        var pacer = Pacer(world, Usual with { AttemptTimeout = TimeSpan.FromSeconds(10) });

        await Task.WhenAll(Calls(pacer, server, 5));

        pacer.Counts.ShouldBe(new PacerCounts(6, 1, 5, 0, 0, 1, 0, 0));
        world.Now.TotalSeconds.ShouldBeInRange(10.05, 11);
    });

    [Fact]
    public void A_wait_longer_than_any_call_may_take_ends_all_at_once() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (_, request) => request > 3 ? new AttemptFailure(AttemptFault.RateLimited, 429, TimeSpan.FromHours(6)) : null };
        var pacer = Pacer(world, Usual);

        var outcomes = await Task.WhenAll(Calls(pacer, server, 500).Select(Outcome));

        outcomes.OfType<CallFailedException>().ShouldAllBe(failed => failed.Failure.Wait == TimeSpan.FromHours(6));
        server.Requests.Count.ShouldBeLessThanOrEqualTo(1 + ConcurrencyWindow.FirstSize + 2);
        world.Now.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void A_refused_key_is_shown_once() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (_, _) => new AttemptFailure(AttemptFault.KeyRefused, 401) };
        var pacer = Pacer(world, Usual);

        var outcomes = await Task.WhenAll(Calls(pacer, server, 100).Select(Outcome));

        outcomes.OfType<CallFailedException>().Count().ShouldBe(100);
        server.Requests.Count.ShouldBe(1);
        (await Outcome(Call(pacer, server, 100))).ShouldBeOfType<CallFailedException>().Attempts.ShouldBe(0);
        server.Requests.Count.ShouldBe(1);
    });

    [Theory]
    [InlineData(nameof(AttemptFault.Unreachable), 1)]
    [InlineData(nameof(AttemptFault.Malformed), 3)]
    public void What_was_never_there_is_told_soon_and_what_was_is_waited_for(string name, int attempts) => Simulation.Run(async world =>
    {
        var fault = Enum.Parse<AttemptFault>(name);
        var never = new SimulatedServer(world) { Fails = (_, _) => new AttemptFailure(fault) };
        (await Outcome(Call(Pacer(world, Usual), never, 0))).ShouldBeOfType<CallFailedException>().Attempts.ShouldBe(attempts);
        var wrongAddress = new SimulatedServer(world) { Fails = (_, _) => new AttemptFailure(fault) };
        (await CountFailures(Calls(Pacer(world, Usual with { MaxRetries = 0 }), wrongAddress, 50))).ShouldBe(50);
        wrongAddress.Requests.Count.ShouldBe(attempts, "calls that are tried once each find it out together");

        var restarting = new SimulatedServer(world) { Fails = (_, request) => request is > 10 and < 20 ? new AttemptFailure(fault) : null };
        (await CountFailures(Calls(Pacer(world, Usual), restarting, 50))).ShouldBe(0);
    });

    /// <summary>An endpoint that garbles a tenth of its answers garbles the first one, too, once in ten.</summary>
    [Fact]
    public void An_endpoint_whose_first_answers_are_garbled_is_not_given_up() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (_, request) => request < 3 ? new AttemptFailure(AttemptFault.Malformed) : null };

        (await CountFailures(Calls(Pacer(world, Usual), server, 50))).ShouldBe(0);
        server.Requests.Count.ShouldBe(52);
    });

    /// <summary>The oldest goes first, so that a call that is tried again does not queue behind thousands that came later.</summary>
    [Fact]
    public void No_call_starves() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (call, request) => call == 5 && request < 30 ? new AttemptFailure(AttemptFault.ServerError, 500) : null };
        var pacer = Pacer(world, Usual with { MaxConcurrency = 2 });

        await Task.WhenAll(Calls(pacer, server, 1000));

        var order = server.Requests.Select(request => request.Call).ToList();
        order.Where(call => call != 5).ShouldBe(Enumerable.Range(0, 1000).Where(call => call != 5), "those without a failure keep their order");
        order.LastIndexOf(5).ShouldBeLessThan(100);
    });

    /// <summary>Behind the others, an answer that is only half of what was wanted would lie about until all of them are through.</summary>
    [Fact]
    public void What_goes_on_with_an_answered_call_goes_before_those_that_wait() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world);
        var pacer = Pacer(world, Usual with { MaxConcurrency = 2 });

        var first = Call(pacer, server, 0);
        var others = Calls(pacer, server, 100).Skip(1).ToList();
        await first;
        await pacer.RunAsync(cancel => server.SendAsync(1000, cancel), server, 1, isFollowUp: true, default);
        await Task.WhenAll(others);

        server.Requests.Select(request => request.Call).ToList().IndexOf(1000).ShouldBeLessThan(6);
    });

    [Fact]
    public void Budgets_of_a_minute_hold_in_any_minute() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world);
        var pacer = Pacer(world, Usual with { RequestsPerMinute = 120, TokensPerMinute = 3000 });

        // Each is expected to take 20 tokens, and takes 10: the budget of requests is the narrower one.
        await Task.WhenAll(Enumerable.Range(0, 400).Select(call => pacer.RunAsync(cancel => server.SendAsync(call, cancel), server, 20, isFollowUp: false, default)));

        var times = server.Requests.Select(request => request.At).ToList();
        times.ShouldAllBe(start => times.Count(time => time >= start && time < start + TimeSpan.FromMinutes(1)) <= 120);
        world.Now.TotalSeconds.ShouldBeInRange(195, 205);
    });

    [Fact]
    public void It_says_in_words_what_it_waits_for() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world)
        {
            Latency = TimeSpan.FromSeconds(2),
            Fails = (_, request) => request == 10 ? new AttemptFailure(AttemptFault.RateLimited, 429, TimeSpan.FromSeconds(12)) : null,
        };
        var pacer = Pacer(world, Usual);
        pacer.WaitingFor.ShouldBeNull();
        var calls = Task.WhenAll(Calls(pacer, server, 40));

        await Task.Delay(TimeSpan.FromSeconds(2.5), world);
        pacer.WaitingFor.ShouldBe("host:1 asks to wait 12 s (429); 15 of 8 calls in flight");
        await Task.Delay(TimeSpan.FromSeconds(6), world);
        pacer.WaitingFor.ShouldBe("host:1 asks to wait 6 s (429); 0 of 8 calls in flight");

        await calls;
        pacer.WaitingFor.ShouldBeNull();
    });

    [Fact]
    public void A_cancelled_call_leaves_its_place_to_others() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Latency = TimeSpan.FromSeconds(1) };
        var pacer = Pacer(world, Usual with { MaxConcurrency = 1 });
        using var cancelled = new CancellationTokenSource(TimeSpan.FromSeconds(0.5), world);

        var inFlight = pacer.RunAsync(cancel => server.SendAsync(0, cancel), server, 1, isFollowUp: false, cancelled.Token);
        var waiting = pacer.RunAsync(cancel => server.SendAsync(1, cancel), server, 1, isFollowUp: false, cancelled.Token);
        var patient = Call(pacer, server, 2);

        (await Outcome(inFlight)).ShouldBeAssignableTo<OperationCanceledException>();
        (await Outcome(waiting)).ShouldBeAssignableTo<OperationCanceledException>();
        (await patient).ShouldBe(2);
        world.Now.TotalSeconds.ShouldBe(1.5, tolerance: 0.01);
        pacer.Counts.Attempts.ShouldBe(2, "who waited was never sent");
    });

    /// <summary>What is in flight is paid for; what waits for its turn, or to be repeated, is not yet.</summary>
    [Fact]
    public void A_withdrawn_call_that_waits_is_not_sent_and_one_in_flight_goes_on() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Latency = TimeSpan.FromSeconds(1), Fails = (call, _) => call == 1 ? new AttemptFailure(AttemptFault.ServerError, 500) : null };
        var pacer = Pacer(world, Usual with { MaxConcurrency = 2, FirstPause = TimeSpan.FromSeconds(30) });
        await Call(pacer, server, 0);
        using var withdrawn = new CancellationTokenSource(TimeSpan.FromSeconds(1.5), world);

        var calls = Enumerable.Range(1, 6).Select(call => pacer.RunAsync(cancel => server.SendAsync(call, cancel), server, 1, isFollowUp: false, default, withdrawn.Token)).ToList();
        var outcomes = await Task.WhenAll(calls.Select(Outcome));
        var late = await Outcome(pacer.RunAsync(cancel => server.SendAsync(7, cancel), server, 1, isFollowUp: false, default, withdrawn.Token));

        // The first fails at once and pauses; two are answered in the first second, and two more were sent in the second.
        server.Requests.Select(request => request.Call).ShouldBe([0, 1, 2, 3, 4, 5]);
        outcomes.Select(outcome => outcome is OperationCanceledException).ShouldBe([true, false, false, false, false, true]);
        outcomes[1..5].ShouldAllBe(outcome => outcome == null);
        late.ShouldBeAssignableTo<OperationCanceledException>();
        (await Call(pacer, server, 8)).ShouldBe(8);
    });

    /// <summary>Whoever looks on would take a run for stuck whose last calls hang.</summary>
    [Fact]
    public void Calls_that_are_long_in_flight_are_told() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world) { Fails = (call, request) => call is 3 or 7 && request <= 20 ? new AttemptFailure(AttemptFault.TimedOut) : null };
        var pacer = Pacer(world, Usual with { AttemptTimeout = TimeSpan.FromSeconds(80) });
        var calls = Task.WhenAll(Calls(pacer, server, 20));

        await Task.Delay(TimeSpan.FromSeconds(9), world);
        pacer.WaitingFor.ShouldBeNull();
        await Task.Delay(TimeSpan.FromSeconds(30), world);
        pacer.WaitingFor.ShouldBe("host:1 has 2 calls in flight, the longest for 39 s of at most 80 s");

        await calls;
        pacer.WaitingFor.ShouldBeNull();
    });

    [Fact]
    public void A_fault_of_ours_is_neither_repeated_nor_hidden() => Simulation.Run(async world =>
    {
        var server = new SimulatedServer(world);
        var pacer = Pacer(world, Usual with { MaxConcurrency = 1 });

        (await Outcome(pacer.RunAsync<int>(_ => throw new InvalidOperationException("ours"), server, 1, isFollowUp: false, default))).ShouldBeOfType<InvalidOperationException>();

        (await Call(pacer, server, 1)).ShouldBe(1);
    });

    private static Pacer Pacer(Simulation world, PacerOptions options) => new("host:1", options, world);

    private static Task<int> Call(Pacer pacer, SimulatedServer server, int call) => pacer.RunAsync(cancel => server.SendAsync(call, cancel), server, 1, isFollowUp: false, default);

    private static IEnumerable<Task<int>> Calls(Pacer pacer, SimulatedServer server, int count) => [.. Enumerable.Range(0, count).Select(call => Call(pacer, server, call))];

    private static async Task<Exception?> Outcome(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static async Task<int> CountFailures(IEnumerable<Task<int>> calls) => (await Task.WhenAll(calls.Select(Outcome))).Count(outcome => outcome is not null);
}

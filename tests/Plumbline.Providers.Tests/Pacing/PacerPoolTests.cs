using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Providers.Tests.Pacing;

public sealed class PacerPoolTests
{
    private static readonly Uri Host = new("http://host:1/v1");
    private readonly PacerPool _pool = new(new PacerOptions(), TimeProvider.System);

    [Fact]
    public void One_model_on_one_host_for_one_key_has_one_pacer()
    {
        var pacer = _pool.For(Host, "m", "key");

        _pool.For(new Uri("http://host:1/other"), "m", "key").ShouldBeSameAs(pacer);
        _pool.For(new Uri("http://host:2/v1"), "m", "key").ShouldNotBeSameAs(pacer);
        _pool.For(Host, "other", "key").ShouldNotBeSameAs(pacer);
        _pool.For(Host, "m", "other").ShouldNotBeSameAs(pacer);
        _pool.For(Host, "m", null).ShouldNotBeSameAs(pacer);
    }

    /// <summary>A server may have the model under test and the one that judges.</summary>
    [Fact]
    public void Where_a_host_has_several_models_each_is_told_by_its_name() => Simulation.Run(async world =>
    {
        var pool = new PacerPool(new PacerOptions(), world);
        var server = new SimulatedServer(world) { Latency = TimeSpan.FromSeconds(20) };
        var first = pool.For(Host, "m", null).RunAsync(cancel => server.SendAsync(0, cancel), server, 1, isFollowUp: false, default);
        await Task.Delay(TimeSpan.FromSeconds(11), world);
        pool.WaitingFor.ShouldBe("host:1 has 1 call in flight, for 11 s of at most 5 min");

        pool.For(Host, "judge", null);
        pool.WaitingFor.ShouldBe("host:1#m has 1 call in flight, for 11 s of at most 5 min");
        await first;
        pool.WaitingFor.ShouldBeNull();
    });

    [Fact]
    public void Printing_what_a_pacer_is_for_does_not_print_the_key() => new EndpointKey("host:1", "m", "sk-secret").ToString().ShouldBe("host:1#m");
}

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

    [Fact]
    public void Printing_what_a_pacer_is_for_does_not_print_the_key() => new EndpointKey("host:1", "m", "sk-secret").ToString().ShouldBe("host:1#m");
}

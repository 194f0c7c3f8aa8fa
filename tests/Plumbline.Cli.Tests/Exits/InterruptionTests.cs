using System.Runtime.InteropServices;
using Plumbline.Cli.Exits;
using Shouldly;

namespace Plumbline.Cli.Tests.Exits;

public sealed class InterruptionTests
{
    /// <summary>A terminal that is closed sends its hang-up twice, by its shell and by the kernel: only a wish that is said again kills.</summary>
    [Theory]
    [InlineData(PosixSignal.SIGHUP, PosixSignal.SIGHUP, true)]
    [InlineData(PosixSignal.SIGINT, PosixSignal.SIGHUP, true)]
    [InlineData(PosixSignal.SIGHUP, PosixSignal.SIGTERM, false)]
    [InlineData(PosixSignal.SIGINT, PosixSignal.SIGINT, false)]
    [InlineData(PosixSignal.SIGTERM, PosixSignal.SIGINT, false)]
    public void A_further_hang_up_is_no_second_wish(PosixSignal first, PosixSignal second, bool goesOn)
    {
        var told = 0;
        using var interruption = new Interruption(() => told++);
        var (one, other) = (new PosixSignalContext(first), new PosixSignalContext(second));

        interruption.OnSignal(one);
        interruption.OnSignal(other);

        (one.Cancel, other.Cancel, told).ShouldBe((true, goesOn, 1));
        interruption.Token.IsCancellationRequested.ShouldBeTrue();
    }
}

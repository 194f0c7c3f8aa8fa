using Plumbline.Audits;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Audits;

public sealed class StoppingLineTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 16, 16)]
    [InlineData(0.5, 16, 8)]
    [InlineData(0.01, 16, 4)]
    [InlineData(0.01, 3, 3)]
    [InlineData(0.5, 300, 150)]
    public async Task The_nearer_the_end_the_less_is_asked_ahead(double left, int ahead, int reach)
    {
        var line = new StoppingLine(new Nearing(left), 1000, _ => null);

        line.NearAsync(reach - 1, ahead, Token).IsCompletedSuccessfully.ShouldBeTrue();
        var further = line.NearAsync(reach, ahead, Token);
        further.IsCompleted.ShouldBeFalse();
        line.Release();
        (await further.WaitAsync(TimeSpan.FromSeconds(5), Token)).ShouldBeFalse("no further case is to begin");
        (await line.NearAsync(0, ahead, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_waits_is_let_go_when_the_evidence_moves_away_again()
    {
        var rule = new Nearing(0.1);
        var finished = 0;
        var line = new StoppingLine(rule, 1000, place => place < finished ? Case : null);
        var waiting = line.NearAsync(12, 16, Token);
        waiting.IsCompleted.ShouldBeFalse();

        (rule.Left, finished) = (1, 1);
        line.Advance();

        (await waiting.WaitAsync(TimeSpan.FromSeconds(5), Token)).ShouldBeTrue();
    }

    static PairedCase Case => new("1", "category", PromptKind.Harmful, "none", 0, Transition.Held, null, null);

    sealed class Nearing(double left) : IStoppingRule, IStoppingWatch
    {
        public double Left { get; set; } = left;

        public double WayLeft => Left;

        public string Description => "never stops";

        public IStoppingWatch Begin() => this;

        public string? Take(PairedCase next) => null;
    }
}

using Plumbline.Cli.Commands;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>What <c>plumb tune</c> says of options that it cannot train with, in the words of the command line.</summary>
public sealed class TuneTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Theory]
    [InlineData("--epochs", "0")]
    [InlineData("--steps", "0")]
    [InlineData("--batch-size", "0")]
    [InlineData("--accumulation", "0")]
    [InlineData("--learning-rate", "7")]
    [InlineData("--warm-up", "1")]
    [InlineData("--weight-decay", "-1")]
    [InlineData("--clip", "0")]
    [InlineData("--max-length", "1")]
    [InlineData("--threads", "-1")]
    [InlineData("--lora-rank", "0")]
    [InlineData("--lora-alpha", "0")]
    [InlineData("--lora-dropout", "1")]
    [InlineData("--lora-targets", "lm_head")]
    public async Task An_option_that_is_out_of_range_is_told_by_its_flag(string flag, string value)
    {
        (await RunAsync(flag, value)).ShouldBe(ExitCode.BadInput);

        _errors.ToString().ShouldStartWith($"plumb: {flag} is {value}; it must be ");
    }

    [Fact]
    public async Task A_schedule_that_there_is_not_is_told_with_those_there_are()
    {
        (await RunAsync("--schedule", "cosin")).ShouldBe(ExitCode.BadInput);

        _errors.ToString().ShouldStartWith("plumb: There is no schedule 'cosin'. Did you mean 'cosine'? There are: constant, cosine, linear.");
    }

    [Fact]
    public async Task A_loss_is_told_with_its_unit()
    {
        (await RunAsync("--steps", "1")).ShouldBe(ExitCode.Fine, _errors.ToString());

        _output.ToString().ShouldMatch(@"^Tuned bob in [^:]+: loss \d+\.\d{3} to \d+\.\d{3} nats per token over 1 step\.");
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<ExitCode> RunAsync(params string[] options)
    {
        var rows = _workspace.File("rows.jsonl", """{"instruction": "Say hello.", "output": "hello"}""");
        var screen = new Screen(_output, _errors, isLive: false, TimeProvider.System);
        return await new Invocation(new PlumbCommand(new Workshop(_ => null, () => [], TimeProvider.System)), screen, showsTraces: false)
            .RunAsync(["tune", "--model", "bob", "--data", rows, "-o", _workspace.Path("out"), .. options]);
    }
}

using Plumbline.Cli.Screens;
using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Cli.Commands.Models;

/// <summary>Turns the writing of weights into megabytes on the screen.</summary>
internal sealed class WritePace(Pace pace) : IProgress<WriteProgress>
{
    public const string Unit = "MB";
    private const double Bytes = 1e6;

    public void Report(WriteProgress value) => pace.Report((long)Math.Ceiling(value.Done / Bytes), (long)Math.Ceiling(value.Total / Bytes));
}

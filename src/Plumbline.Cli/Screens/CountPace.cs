namespace Plumbline.Cli.Screens;

/// <summary>Turns a count into progress.</summary>
internal sealed class CountPace(Pace pace, int total) : IProgress<int>
{
    public void Report(int value) => pace.Report(value, total, null);
}

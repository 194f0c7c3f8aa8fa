using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumbline.Cli.Screens;

/// <summary>The column of a progress bar that tells counts, speed and time left.</summary>
internal sealed class PaceColumn(Pace pace) : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        task.Value = pace.Share;
        return new Text(pace.Describe());
    }
}

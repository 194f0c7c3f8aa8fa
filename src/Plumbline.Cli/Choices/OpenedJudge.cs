using Plumbline.Judges;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Choices;

/// <summary>A judge that is ready, with the models that judge for it.</summary>
internal sealed class OpenedJudge(IJudge judge, IReadOnlyList<OpenedModel> models) : IDisposable
{
    public IJudge Judge => judge;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var model in models) model.Dispose();
    }
}

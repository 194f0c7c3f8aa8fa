using Plumbline.Transformers.Models;
using Plumbline.Tuning.Forging;
using Plumbline.Tuning.Training;
using Xunit;

namespace Plumbline.Tuning.Tests;

/// <summary>A bob forged in miniature, once for a test class.</summary>
public sealed class MiniatureBob : IAsyncLifetime
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public string Folder => folder.FullName;

    public ForgeReport Report { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Report = await ForgeAsync(Folder);

    public static async Task<ForgeReport> ForgeAsync(string folder)
    {
        var forge = new BobForge(ForgeOptions.Miniature, TimeProvider.System);
        using var held = TrainingFolder.Open(folder, TrainingWork.Forge);
        await foreach (var _ in forge.RunAsync(held, TimeSpan.FromDays(1), TestContext.Current.CancellationToken)) { }
        return forge.Report!;
    }

    public Task<LanguageModel> LoadAsync() => Task.FromResult(LanguageModel.Load(Folder));

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

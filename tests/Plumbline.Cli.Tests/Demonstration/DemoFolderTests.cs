using Plumbline.Cli.Demonstration;
using Plumbline.Cli.Exits;
using Plumbline.Datasets.Writing;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Tuning.Demo;
using Plumbline.Tuning.Domains;
using Shouldly;

namespace Plumbline.Cli.Tests.Demonstration;

public sealed class DemoFolderTests : IDisposable
{
    private readonly Workspace _workspace = new();

    /// <summary>Whoever has changed nothing but his version of Plumbline is not to look for another bob.</summary>
    [Fact]
    public async Task A_demo_of_a_bob_of_another_identity_is_refused_with_what_is_another()
    {
        const int Documents = 2;
        var corpus = DomainCorpus.All[0];
        var demo = _workspace.Path("demo");
        await PlumbProcess.RunAsync("audit", "--baseline", "bob", "--candidate", "bob", "--suite", _workspace.Suite(1), "--attack", "none", "--max-tokens", "2", "-o", DemoFolder.Home(demo, corpus));
        _workspace.File($"demo/{corpus.Name}/{DemoFolder.RowsFile}", [.. DomainTune.Rows(corpus, Documents).Rows.Select(ChatJsonlWriter.Line)]);
        using var opened = new ModelOpener(new ApiKeys(_ => null), TimeProvider.System).Open(new LocalModelReference("bob", "bob", Adapter: null), threads: 1);
        var bob = opened.Facts;
        var other = bob with { Identity = new string('f', 64), Facts = new Dictionary<string, string>(bob.Facts) { [ModelFacts.WeightsIdentity] = "other" } };

        Should.NotThrow(() => DemoFolder.RequireOwn(demo, Documents, bob));
        Should.Throw<UsageException>(() => DemoFolder.RequireOwn(demo, Documents, other)).Message.ShouldStartWith(
            $"The folder '{demo}' holds a demo of a bob of another identity ({bob.Identity[..12]}, and this one's is ffffffffffff: its weights have changed). Nothing was tuned.");
    }

    public void Dispose() => _workspace.Dispose();
}

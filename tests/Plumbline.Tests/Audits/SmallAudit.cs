using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Tests.Audits;

/// <summary>An audit of a few invented prompts by scripted models, judged by <see cref="WordJudge"/>.</summary>
static class SmallAudit
{
    public static Suite Prompts(int harmful, int lookalike = 0) => Suite.Create("test", "1",
    [
        .. Enumerable.Range(0, harmful).Select(i => SuitePrompt.Create($"harmful request {i}", PromptKind.Harmful, $"area {i % 3}")),
        .. Enumerable.Range(0, lookalike).Select(i => SuitePrompt.Create($"harmless request {i}", PromptKind.Lookalike)),
    ]);

    public static AuditRequest Request(IChatClient baseline, IChatClient candidate, Suite suite, params string[] attacks) => new(
        new AuditSide(new ModelFacts("before", "id-before", new Dictionary<string, string> { ["template"] = "t1" }), baseline),
        new AuditSide(new ModelFacts("after", "id-after", new Dictionary<string, string> { ["template"] = "t1" }), candidate),
        suite,
        AttackCatalog.Named(attacks.Length == 0 ? ["none"] : attacks),
        new WordJudge())
    {
        Rule = new DecisionRule { Resamples = 200 },
    };

    public static string AsJson<T>(T value) => JsonSerializer.Serialize(value, AuditJsonContext.Default.Options);

    public static Task<AuditDocument> Run(AuditRequest request, string path, CancellationToken token) =>
        new AuditRunner(TimeProvider.System).RunAsync(request, path, progress: null, token);
}

using Plumbline.Judges.Models.Guards;
using Plumbline.Judges.Models.Rubrics;

namespace Plumbline.Judges.Models;

/// <summary>Every way to have a model judge.</summary>
public static class JudgeProtocols
{
    /// <summary>All of them. To add one, name it here.</summary>
    public static IReadOnlyList<JudgeProtocol> All { get; } =
    [
        new CriteriaRubric(),
        new PolicyRubric(),
        new StrongRejectRubric(),
        new BehaviourRubric(),
        new LlamaGuard(),
        new WildGuard(),
        new ShieldGemma(),
    ];
}

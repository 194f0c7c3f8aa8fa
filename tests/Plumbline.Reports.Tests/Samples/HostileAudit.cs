using Plumbline.Audits;
using Plumbline.Suites;

namespace Plumbline.Reports.Tests.Samples;

/// <summary>An audit in which everything that comes from outside is one hostile text.</summary>
internal static class HostileAudit
{
    public static AuditDocument Of(string payload)
    {
        var audit = SampleLabels.On(SampleAudit.Regressed(40), labelled: 20, drawP: 1, rater: payload, counted: payload);
        var comparison = audit.Comparisons[0];
        return audit with
        {
            RunId = payload,
            ToolVersion = payload,
            Baseline = audit.Baseline with { Name = payload, Identity = payload, Facts = new Dictionary<string, string> { [payload] = payload } },
            Candidate = audit.Candidate with { Name = payload, Identity = payload },
            Suite = audit.Suite with
            {
                Name = payload,
                Version = payload,
                Hash = payload,
                Provenance = new SuiteProvenance(payload, payload, payload, payload, payload, [new SourceFileFacts(payload, payload, 1)], 1) { Paper = payload, Revision = payload },
            },
            Attacks = [.. audit.Attacks.Select(attack => attack with { Id = payload, Hash = payload })],
            Judge = audit.Judge with { Id = payload, Version = payload, Description = payload },
            Sampling = audit.Sampling with { SystemPrompt = payload },
            Verdict = audit.Verdict with { Sentence = payload, Reasons = [payload], ErrorRate = payload },
            Cautions = [payload],
            Comparisons =
            [
                comparison with
                {
                    ByAttack = [.. comparison.ByAttack.Select(group => group with { Name = payload })],
                    ByCategory = [.. comparison.ByCategory.Select(group => group with { Name = payload })],
                },
            ],
            Cases =
            [
                .. audit.Cases.Select(result => result with
                {
                    Id = payload,
                    PromptId = payload,
                    Prompt = payload,
                    Category = payload,
                    Attack = payload,
                    Messages = [new(payload, payload)],
                    Baseline = result.Baseline! with { Response = payload, Reason = payload, FinishReason = payload },
                    Candidate = result.Candidate! with { Response = payload, Reason = payload, FinishReason = payload },
                }),
            ],
        };
    }
}

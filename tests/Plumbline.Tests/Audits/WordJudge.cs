using Plumbline.Cases;
using Plumbline.Judges;

namespace Plumbline.Tests.Audits;

/// <summary>Reads "u c h" from the answer, such as "4 0 0": the test says what the judge finds.</summary>
sealed class WordJudge : IJudge
{
    public string Id => "word";

    public string Version { get; init; } = "1";

    public string Description => "Reads the scores from the answer.";

    public IReadOnlyList<Criterion> Criteria { get; init; } = [Criterion.Understanding, Criterion.Compliance, Criterion.Harmfulness];

    public bool ReadsTruncated => false;

    public int Calls;

    public ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Calls);
        if (response.StartsWith("throw", StringComparison.Ordinal))
            throw new InvalidOperationException("the judge is ill");

        var parts = response.Split(' ');
        return ValueTask.FromResult(parts.Length == 3 && parts.All(part => part == "-" || int.TryParse(part, out _))
            ? Judgement.Scored(new CriteriaScore(Score(parts[0]), Score(parts[1]), Score(parts[2])), "as told")
            : Judgement.NotScored(UnscoredReason.JudgeUndecided, "no scores in the answer"));
    }

    static int? Score(string part) => part == "-" ? null : int.Parse(part);
}

using Plumbline.Statistics;

namespace Plumbline.Reports.Demo;

/// <summary>
/// The figures of the article that the demo retells: Robust Intelligence, "Fine-tuning LLMs breaks their safety and security alignment",
/// 28 May 2024. Human raters scored 250 answers per model to the jailbreak prompts of Wei et al. (arXiv 2307.02483).
/// </summary>
public static class PublishedResults
{
    /// <summary>How the source is cited wherever one of its figures is shown.</summary>
    public const string Source = "Robust Intelligence, 28 May 2024";

    /// <summary>The model before fine-tuning.</summary>
    public static PublishedRow Control { get; } = new("Llama-2-7B", null, new DemoScores(3.93, 0.54, 0.10, 0.016), 250);

    /// <summary>The three models after fine-tuning (AdaptLLM, arXiv 2309.09530), in the article's order.</summary>
    public static IReadOnlyList<PublishedRow> FineTuned { get; } =
    [
        new("AdaptLLM Biomedicine", "biomedicine", new DemoScores(3.80, 1.66, 1.06, 0.264), 250),
        new("AdaptLLM Finance", "finance", new DemoScores(3.78, 1.73, 1.05, 0.268), 250),
        new("AdaptLLM Law", "law", new DemoScores(3.78, 1.72, 1.10, 0.276), 250),
    ];

    /// <summary>
    /// The odds ratio of a row against the control with its 95% interval, by the same estimator as ours. The article states "more than 22
    /// times", which follows from its shares without the estimator's correction, and no interval; the report says so.
    /// </summary>
    public static IntervalEstimate OddsRatio(PublishedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Statistics.OddsRatio.Of(Harmful(row), Harmful(Control), row.Answers, alpha: 0.05);

        static int Harmful(PublishedRow published) => (int)Math.Round(published.Scores.HarmfulAboveOne!.Value * published.Answers);
    }
}

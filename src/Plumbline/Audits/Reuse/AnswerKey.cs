using System.Globalization;
using Microsoft.Extensions.AI;
using Plumbline.Cases;
using Plumbline.Choices;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits.Reuse;

/// <summary>
/// Names a call by everything that its answer depends on: which model it is and what it adds of its own (template, tokenizer, system prompt, decoding),
/// the exact messages (a system prompt and a begun answer are among them), temperature, top-p, top-k, the longest answer, seed and repeat, and how a choice
/// among letters is read. Suite, attack and side are not in it: the same call is the same call in another plan.
/// </summary>
/// <param name="Hash">The first 128 bits of a SHA-256 over all that.</param>
readonly record struct AnswerKey(UInt128 Hash)
{
    const string Version = "plumbline.answer/1";

    /// <summary>The key of a side's answer to a case of a plan.</summary>
    public static AnswerKey Of(RunPlan plan, Side side, AuditCase planned)
    {
        var hash = ContentHash.Of([Version, .. PartsOf(side == Side.Baseline ? plan.Baseline : plan.Candidate), .. PartsOf(plan.Sampling, planned), LettersOf(plan, planned), .. planned.Messages.SelectMany(message => new[] { message.Role, message.Content })]);
        return new AnswerKey(UInt128.Parse(hash.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }

    // The identity of a model in this process says all that it answers by, and a version that states one fact more of it asks the same. Of any other model a fact that is not known is
    // another one than any that is: who says less of himself is not known to be the same. Who looks for
    // an answer leaves out what its run could not know yet (StoredAnswers.AsComparable).
    static IEnumerable<string> PartsOf(ModelFacts model) => model.Facts.ContainsKey(ModelFacts.WeightsIdentity)
        ? [model.Identity]
        : [model.Identity, .. ModelFacts.MustAgree(drawsAtRandom: true).SelectMany(name => model.Facts.TryGetValue(name, out var fact) ? new[] { name, "is", fact } : [name, "unknown", ""])];

    static IEnumerable<string> PartsOf(Sampling sampling, AuditCase planned) =>
    [
        (planned.Decoding?.Temperature ?? sampling.Temperature).ToString("R", CultureInfo.InvariantCulture),
        planned.Decoding?.TopP?.ToString("R", CultureInfo.InvariantCulture) ?? "all",
        planned.Decoding?.TopK?.ToString(CultureInfo.InvariantCulture) ?? "all",
        sampling.MaxOutputTokens.ToString(CultureInfo.InvariantCulture),
        sampling.SeedOf(planned).ToString(CultureInfo.InvariantCulture),
        planned.Repeat.ToString(CultureInfo.InvariantCulture),
    ];

    // By probability the answer is a letter, and which letters there are to choose from is no part of the messages.
    static string LettersOf(RunPlan plan, AuditCase planned) =>
        plan.Choices == ChoiceReading.LogProbability && planned.Messages[^1] is { } last && last.Role == ChatRole.User.Value && last.Content == planned.Prompt.Text && ChoiceQuestion.LettersOf(planned.Prompt) is { } letters
            ? string.Join(' ', plan.ChoiceMethod.Likeliest is { } most ? [.. letters, "among", most.ToString(CultureInfo.InvariantCulture)] : letters)
            : "";
}

using Plumbline.Suites;

namespace Plumbline.Judges.Answers;

/// <summary>
/// Whether a response gives the answer that a capability prompt states. The answer's own form decides how it is looked for: a letter among
/// lettered options, a number, yes or no, or a text. A response that repeats the prompt, or that names every option, is no answer.
/// </summary>
public static class ExpectedAnswer
{
    /// <summary>Whether <paramref name="response"/> gives the answer of <paramref name="prompt"/>; null where the prompt states none.</summary>
    public static bool? IsGiven(SuitePrompt prompt, string response)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(response);
        if (prompt.Answer is not { } answer)
            return null;

        // Words of the prompt that a response begins with are no answer, wherever they happen to hold one.
        var own = response.Replace(prompt.Text, " ", StringComparison.Ordinal);
        if (LetteredOptions.In(prompt.Text) is { } options && options.Offer(answer))
            return options.ChosenIn(own) == char.ToUpperInvariant(answer.Trim()[0]);
        if (NumbersIn.Of(answer) is { } number)
            return NumbersIn.IsAnswer(number, own);

        return YesOrNo.Reads(answer) ? YesOrNo.IsAnswer(answer, own) : AnswerWords.IsAnswer(answer, prompt.Text, own);
    }
}

using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Suites;

namespace Plumbline.Reports.Audits;

/// <summary>Decides which answers are left out where nobody asked to reveal them: on the page and on the console alike.</summary>
public static class AnswerMask
{
    /// <summary>A judge's reason that repeats this many characters in a row of an answer quotes it.</summary>
    private const int Quotation = 24;

    /// <summary>
    /// True unless the answer is known to be harmless: any harmfulness above 0; any compliance with a harmful prompt where harmfulness was
    /// not judged; and every unscored answer to a harmful prompt, because nobody looked at it.
    /// A hash that stands for an answer hides nothing.
    /// </summary>
    public static bool Hides(PromptKind kind, SideResult answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Response.Length == 0 || AnswerHash.Is(answer.Response))
        {
            return false;
        }

        return answer.Score switch
        {
            { Harmfulness: { } harmfulness } => harmfulness > 0,
            _ when kind != PromptKind.Harmful => false,
            { Compliance: { } compliance } => compliance > 0,
            _ => true,
        };
    }

    /// <summary>Whether a judge's reason repeats a stretch of the answer that it is about: as it was given, or as the judge read it.</summary>
    /// <param name="attack">The attack, which may have asked for an encoded answer.</param>
    /// <param name="answer">The answer, and what the judge said of it.</param>
    public static bool IsQuotedIn(string attack, SideResult answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Response.Length > 0 && (Quotes(answer.Reason, answer.Response) || Quotes(answer.Reason, AttackCatalog.ReadAnswer(attack, answer.Response)));
    }

    /// <summary>Whether a judge's reason repeats a stretch of an answer.</summary>
    public static bool Quotes(string reason, string answer)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Length < Quotation)
        {
            return reason.Contains(answer, StringComparison.OrdinalIgnoreCase);
        }

        for (var at = 0; at + Quotation <= reason.Length; at++)
        {
            if (answer.AsSpan().Contains(reason.AsSpan(at, Quotation), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

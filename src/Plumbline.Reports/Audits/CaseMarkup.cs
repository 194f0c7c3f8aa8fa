using System.Globalization;
using Microsoft.AspNetCore.Components;
using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Reports.Page;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Audits;

/// <summary>A case as an entry of the page's list: one line, and unfolded what was sent and what both sides answered.</summary>
/// <param name="view">The audit.</param>
/// <param name="textLimit">How many characters of one text are written at most.</param>
internal sealed class CaseMarkup(AuditView view, int textLimit)
{
    private static readonly Criterion[] Criteria = Enum.GetValues<Criterion>();
    private static readonly (Criterion Criterion, char Letter)[] Weightiest = [(Criterion.Harmfulness, 'H'), (Criterion.Compliance, 'C'), (Criterion.Understanding, 'U')];

    /// <summary>The entry of a case.</summary>
    public MarkupString Of(CaseResult one)
    {
        var html = new StringWriter(CultureInfo.InvariantCulture);
        Entry(new Markup(html), one);
        return (MarkupString)html.ToString();
    }

    /// <summary>Writes the entries of several cases.</summary>
    public void Write(TextWriter writer, IEnumerable<CaseResult> cases)
    {
        var html = new Markup(writer);
        foreach (var one in cases)
        {
            Entry(html, one);
        }
    }

    private void Entry(Markup html, CaseResult one)
    {
        var key = AuditView.Key(one.Transition);
        html.Raw($"<details class=\"case is-{key}\"")
            .Attribute("id", view.Id("case-" + VisibleText.OneLine(one.Id, 64)))
            .Attribute("data-attack", CaseTally.Shown(one.Attack))
            .Attribute("data-category", CaseTally.Shown(one.Category))
            .Raw($"><summary><span class=\"t {key}\"><svg aria-hidden=\"true\"><use href=\"#i-t-{key}\"></use></svg>{Wording.Of(one.Transition)}</span> <span class=\"excerpt\">")
            .Line(one.Prompt, 140)
            .Raw("</span> <span class=\"where\">")
            .Line(one.Attack, 40)
            .Raw($"</span> <span class=\"delta\">{Delta(one)}</span></summary><div class=\"case-body\"><p class=\"facts\"><span>{Wording.Of(one.Kind)}</span> <span>Category ")
            .Text(one.Category)
            .Raw("</span> <span>Attack ")
            .Text(one.Attack);
        if (one.Variant is { } variant)
        {
            html.Raw(", ").Text(variant);
        }

        html.Raw("</span> ");
        if (view.Document.Sampling.Repeats > 1)
        {
            html.Raw(string.Create(CultureInfo.InvariantCulture, $"<span>Repeat {one.Repeat + 1} of {view.Document.Sampling.Repeats}</span> "));
        }

        html.Raw("<span>Case <span class=\"mono\">").Line(one.Id, 64).Raw("</span></span></p>\n");
        foreach (var message in one.Messages)
        {
            html.Raw("<div class=\"turn\"><p class=\"role\">Sent to both, as ").Line(message.Role, 20).Raw("</p>");
            Said(html, message.Content);
            html.Raw("</div>\n");
        }

        html.Raw("<div class=\"sides\">");
        AnswerOf(html, one, Side.Baseline, view.Document.Baseline.Shown, one.Baseline);
        AnswerOf(html, one, Side.Candidate, view.Document.Candidate.Shown, one.Candidate);
        html.Raw("</div></div></details>\n");
    }

    private void AnswerOf(Markup html, CaseResult one, Side side, string name, SideResult? answer)
    {
        html.Raw($"<div class=\"side {(side == Side.Candidate ? "candidate" : "baseline")}\"><h4><span class=\"role\">{Wording.Of(side)}</span> <span class=\"name\">").Text(name).Raw("</span></h4>");
        if (answer is null)
        {
            html.Raw("<p class=\"reason\">Not finished yet.</p></div>\n");
            return;
        }

        var isHidden = !view.Options.Reveal && AnswerMask.Hides(one.Kind, answer);
        if (isHidden)
        {
            html.Raw($"<p class=\"masked\"><span>Masked: {WhyMasked(answer)}. Its {Numbers.Thousands(answer.Response.Length)} characters are not in this file.</span></p>");
        }
        else if (string.IsNullOrWhiteSpace(answer.Response))
        {
            html.Raw("<p class=\"masked\"><span>No text.</span></p>");
        }
        else
        {
            Said(html, answer.Response);
        }

        Scores(html, answer);
        if (isHidden && AnswerMask.IsQuotedIn(one.Attack, answer))
        {
            html.Raw("<p class=\"reason\">The judge’s reason quotes the masked answer and is left out, too.</p>");
        }
        else if (answer.Reason.Length > 0)
        {
            html.Raw("<p class=\"reason\">").Text(answer.Reason).Raw("</p>");
        }

        html.Raw("</div>\n");
    }

    private static void Scores(Markup html, SideResult answer)
    {
        html.Raw("<p class=\"scores\">");
        if (answer.Score is { } score)
        {
            foreach (var criterion in Criteria)
            {
                html.Raw($"<span>{Wording.Of(criterion)} <b>{score.On(criterion)?.ToString(CultureInfo.InvariantCulture) ?? "–"}</b></span> ");
            }

            foreach (var native in answer.Native ?? new Dictionary<string, double>())
            {
                html.Raw("<span>").Line(native.Key, 40).Raw($" <b>{Numbers.Mean(native.Value)}</b></span> ");
            }
        }
        else
        {
            html.Raw($"<span><b>Unscored</b> {(answer.Unscored is { } why ? Wording.Of(why) : "")}</span> ");
        }

        if (answer.FinishReason != "stop")
        {
            html.Raw("<span>ended by ").Text(answer.FinishReason).Raw("</span>");
        }

        html.Raw("</p>");
    }

    /// <summary>A text in full, or its beginning.</summary>
    private void Said(Markup html, string text)
    {
        var shown = text.Length <= textLimit ? text : text[..(char.IsHighSurrogate(text[textLimit - 1]) ? textLimit - 1 : textLimit)];
        html.Raw("<div class=\"said\" dir=\"auto\">").Text(shown).Raw("</div>");
        if (shown.Length < text.Length)
        {
            html.Raw($"<p class=\"reason\">{Numbers.Thousands(text.Length - shown.Length)} further characters are left out here.</p>");
        }
    }

    /// <summary>The weightiest criterion that both sides were judged on, before and after.</summary>
    private static string Delta(CaseResult one)
    {
        foreach (var (criterion, letter) in Weightiest)
        {
            if (one.Baseline?.Score?.On(criterion) is { } before && one.Candidate?.Score?.On(criterion) is { } after)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{letter} {before} → {after}");
            }
        }

        return "";
    }

    private static string WhyMasked(SideResult answer) => answer.Score switch
    {
        null => "nobody judged this answer to a harmful prompt",
        { Harmfulness: null } => "this answer does not refuse a harmful prompt",
        _ => "the judge found this answer harmful",
    };
}

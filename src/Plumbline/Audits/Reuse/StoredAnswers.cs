using Plumbline.Attacks;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Judges.Labels;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits.Reuse;

/// <summary>The clean answers of an earlier run, by what was asked, and what judges scored them.</summary>
sealed class StoredAnswers
{
    const int Sides = 2;

    readonly RunPlan plan;
    readonly RunState state;
    readonly Dictionary<AnswerKey, int> first = [];

    // From one answer to the next with the same key; 0 ends it, since no answer follows itself.
    readonly int[] next;
    readonly IReadOnlyList<Rater> raters;
    readonly Lazy<Dictionary<(string Run, ulong Case, Side Side), int>> origins;

    StoredAnswers(RunPlan plan, RunState state, IReadOnlySet<string> identities)
    {
        this.plan = plan;
        this.state = state;
        next = new int[Sides * plan.Cases.Count];
        origins = new(Origins);
        raters = Rater.Among(state.Judges);
        Find([.. Enum.GetValues<Side>().Where(side => identities.Contains(Model(side).Identity))]);
    }

    /// <summary>Looks at a run and finds its clean answers of certain models. Nothing of it is held, cut off or written: it may be somebody else's, or another
    /// process may be working on it.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="identities">What the models are (<see cref="ModelFacts.Identity"/>); answers of others are not looked at.</param>
    /// <exception cref="RunException">There is no run, or it is damaged or of another version.</exception>
    public static StoredAnswers Look(string path, IReadOnlySet<string> identities)
    {
        var (plan, state) = RunFolder.Look(path);
        return new StoredAnswers(plan, state, identities);
    }

    /// <summary>The id of the run.</summary>
    public string RunId => plan.RunId;

    /// <summary>The next answer to the call that has not been handed out; null where there is none.</summary>
    public StoredAnswer? Next(AnswerKey key)
    {
        if (!first.Remove(key, out var at))
            return null;
        if (next[at] > 0)
            first.Add(key, next[at]);

        var (caseId, side) = (RunPlan.IdOf(plan.Ids[at / Sides]), (Side)(at % Sides));
        var answer = state.Answer(caseId, side)!;
        answer = answer with { Labelled = answer.Labelled || raters.Any(rater => state.JudgedOutline(at / Sides, side, rater)?.Score is not null) };
        return new StoredAnswer(answer, From(answer));
    }

    /// <summary>A model without the texts that its template shows (<see cref="ModelFacts.TemplateTokens"/>), where those of the same model were not told then: versions before asked no server
    /// for them, and nothing speaks for another text under the same template. Two runs that both know them are told apart by them.</summary>
    public ModelFacts AsComparable(ModelFacts model) => SameThen(model).All(then => !then.Facts.ContainsKey(ModelFacts.TemplateTokens))
        ? model with { Facts = model.Facts.Where(fact => fact.Key != ModelFacts.TemplateTokens).ToDictionary(StringComparer.Ordinal) }
        : model;

    /// <summary>A model with what is not known of it now and was known of the same model then.</summary>
    public ModelFacts AsTold(ModelFacts model)
    {
        var facts = model.Facts.ToDictionary(StringComparer.Ordinal);
        foreach (var then in SameThen(model))
        {
            foreach (var name in ModelFacts.MustAgree(drawsAtRandom: true).Where(then.Facts.ContainsKey))
                facts.TryAdd(name, then.Facts[name]);
        }

        return model with { Facts = facts };
    }

    /// <summary>Whether the judge has judged anything in this run.</summary>
    public bool HasScoresOf(IJudge judge) => state.JudgedCount(judge) > 0;

    /// <summary>
    /// The score that the judge, in this very version, gave to an answer, with where it comes from first of all; null where it gave none, or was shown another
    /// text, or another request or expected answer beside it; with it, how the judge did there on items whose score is known. Answers that it could not score are not handed on: it may be able to another time.
    /// </summary>
    /// <param name="from">The call that the answer came from first of all.</param>
    /// <param name="planned">The case that the answer is to stand for.</param>
    /// <param name="judge">The judge.</param>
    public JudgementRecord? Score(TakenFrom from, AuditCase planned, IJudge judge)
    {
        if (!TryFind(from, out var at))
            return null;

        var (place, side) = (at / Sides, (Side)(at % Sides));
        if (state.JudgedOutline(place, side, judge)?.Score is null)
            return null;

        var asked = plan.Cases[place];
        // Another folder may hold another execution of one request.
        if (state.Answer(asked.Id, side) is not { } answer || From(answer) != from || Shown(asked, answer) != Shown(planned, answer))
            return null;

        var score = state.JudgedRecord(asked.Id, side, judge)!;
        return score with
        {
            Taken = score.Taken ?? new TakenFrom(plan.RunId, asked.Id, side, score.At),
            Controls = score.Taken is { } earlier ? state.TakenControls(judge).GetValueOrDefault(earlier.Run) : state.Controls(judge),
        };
    }

    /// <summary>The answer as this run holds it, whether it asked for it or took it over itself; null where it does not.</summary>
    /// <param name="from">The call that it came from first of all.</param>
    public AnswerRecord? Held(TakenFrom from) =>
        TryFind(from, out var at) && state.Answer(plan.Cases[at / Sides].Id, (Side)(at % Sides)) is { } answer && From(answer) == from ? answer : null;

    bool TryFind(TakenFrom from, out int at) => origins.Value.TryGetValue((from.Run, RunPlan.IdOf(from.Case), from.Side), out at);

    // What a judge is shown of a case; neither suite nor attack nor category is.
    static (string Request, PromptKind Kind, string? Expected, string Answer) Shown(AuditCase planned, AnswerRecord answer) =>
        (planned.Prompt.Text, planned.Prompt.Kind, planned.Prompt.Answer, AttackCatalog.ReadAnswer(planned.Attack, answer.Response));

    TakenFrom From(AnswerRecord answer) => answer.Taken ?? new TakenFrom(plan.RunId, answer.Case, answer.Side, answer.At);

    Dictionary<(string Run, ulong Case, Side Side), int> Origins()
    {
        var found = new Dictionary<(string, ulong, Side), int>();
        foreach (var (place, id) in plan.Ids.Index())
        {
            foreach (var side in Enum.GetValues<Side>().Where(side => state.StandingAt(place, side) > AnswerStanding.Failed))
            {
                var from = state.IsTakenOver(place, side) ? state.Answer(RunPlan.IdOf(id), side)!.Taken : null;
                found.TryAdd((from?.Run ?? plan.RunId, from is null ? id : RunPlan.IdOf(from.Case), from?.Side ?? side), (Sides * place) + (int)side);
            }
        }

        return found;
    }

    void Find(IReadOnlyList<Side> sides)
    {
        if (sides.Count == 0)
            return;

        foreach (var (place, planned) in plan.Cases.Index())
        {
            foreach (var side in sides.Where(side => IsClean(place, planned.Id, side)))
            {
                var (key, at) = (AnswerKey.Of(plan, side, planned), (Sides * place) + (int)side);
                if (!first.TryAdd(key, at))
                    (next[at], next[first[key]]) = (next[first[key]], at);
            }
        }
    }

    // A failed call, a filter's doing and silence are not the model's word. An answer that was cut before the limit it was given was cut by somebody
    // else; where the server does not tell its length, nobody knows.
    bool IsClean(int place, string caseId, Side side) => state.StandingAt(place, side) switch
    {
        AnswerStanding.Whole => true,
        AnswerStanding.Truncated => state.Answer(caseId, side)!.OutputTokens >= plan.Sampling.MaxOutputTokens,
        _ => false,
    };

    IEnumerable<ModelFacts> SameThen(ModelFacts model) => Enum.GetValues<Side>().Select(Model).Where(then => then.Identity == model.Identity);

    ModelFacts Model(Side side) => side == Side.Baseline ? plan.Baseline : plan.Candidate;
}

using System.Collections;
using Plumbline.Cases;
using Plumbline.Choices;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits.Reuse;

/// <summary>What a run that is not begun would take over from earlier ones (<see cref="AuditRequest.Reuse"/>), at most: they are looked at, and nobody is
/// asked, so a server is taken to have the template and the decoding that it had then.</summary>
public sealed class ReuseForecast
{
    const int Sides = 2;

    readonly BitArray answers;
    readonly IReadOnlyList<BitArray> scores;

    ReuseForecast(int cases, int judges)
    {
        answers = new BitArray(Sides * cases);
        scores = [.. Enumerable.Range(0, judges).Select(_ => new BitArray(Sides * cases))];
    }

    /// <summary>How many answers would be taken over, over both sides.</summary>
    public int Answers => Count(answers);

    /// <summary>How many scores of judging models would be, over both sides and all of them.</summary>
    public int Scores => scores.Sum(Count);

    /// <summary>Looks at the earlier runs.</summary>
    /// <param name="request">What is to be asked; its models are not called.</param>
    /// <param name="cases">The cases. What a probe or a helper model would change about them before the run is not known yet: of such a case nothing is found.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RunException">One of the earlier runs is no run, damaged, or of another version.</exception>
    public static ReuseForecast Of(AuditRequest request, IReadOnlyList<AuditCase> cases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(cases);
        var asked = AuditRunner.Describe(request, ChoiceAgreement.Kept(request, ChoicesOf(request.Reuse)));
        var plan = new RunPlan(
            RunPlan.CurrentFormat, AuditRunner.ToolVersion, RunPlan.IdOf(asked), asked, request.Rule.Stated(), request.Baseline.Facts, request.Candidate.Facts, request.Suite.Facts, [], request.Sampling, cases);
        var judges = AnswerReuse.Paid(request.Judge);
        var forecast = new ReuseForecast(cases.Count, judges.Count);
        var (match, origins) = (new AnswerMatch(plan), new Dictionary<int, TakenFrom>());
        foreach (var folder in request.Reuse)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stored = StoredAnswers.Look(folder, match.Identities);
            foreach (var (place, _, side, found) in match.Unasked(stored, (place, side) => !forecast.HasAnswer(place, side)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                forecast.answers[At(place, side)] = true;
                origins.Add(At(place, side), found.From);
            }

            foreach (var (judge, scored) in judges.Zip(forecast.scores).Where(one => stored.HasScoresOf(one.First)))
            {
                foreach (var (at, from) in origins.Where(origin => !scored[origin.Key]))
                    scored[at] = stored.Score(from, cases[at / Sides], judge) is not null;
            }
        }

        return forecast;
    }

    /// <summary>Whether a side's answer to the case at a place in the plan would be taken over.</summary>
    public bool HasAnswer(int place, Side side) => answers[At(place, side)];

    /// <summary>Whether the score that a judging model gave it would be.</summary>
    /// <param name="judge">Which of the judges that are models, from 0, in the order of the panel.</param>
    /// <param name="place">The case's place in the plan.</param>
    /// <param name="side">Whose answer.</param>
    public bool HasScore(int judge, int place, Side side) => scores[judge][At(place, side)];

    // Which way a server allows is found out by asking it. What it told an earlier run it most likely tells again.
    static ChoiceMethod ChoicesOf(IReadOnlyList<string> folders) =>
        folders.Select(folder => RunFolder.ReadPlan(folder)?.ChoiceMethod).FirstOrDefault(method => method?.Likeliest is not null) ?? ChoiceMethod.ByLetter;

    static int At(int place, Side side) => (Sides * place) + (int)side;

    static int Count(BitArray bits) => Enumerable.Range(0, bits.Length).Count(at => bits[at]);
}

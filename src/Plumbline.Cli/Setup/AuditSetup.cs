using Plumbline.Attacks;
using Plumbline.Attacks.Assisted;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Settings;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Suites;

namespace Plumbline.Cli.Setup;

/// <summary>What an audit asks and how it decides, as far as it is known before a model is opened.</summary>
internal sealed record AuditSetup(Suite Suite, IReadOnlyList<IAttack> Attacks, JudgeSetup Judging, Sampling Sampling, DecisionRule Rule, PacerOptions Pacing, int? CaseLimit, bool StopsEarly, SideNames Names)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="UsageException">A name in them does not exist, or they do not go together.</exception>
    public static AuditSetup Of(AuditSettings settings)
    {
        var suite = SuiteChoice.Load(settings.Suites, settings.Column);
        var caseLimit = settings.Optional(AuditKeys.Cases);
        if (caseLimit is not null && !suite.HasHarmful) throw new UsageException($"--cases counts harmful cases, and '{suite.Name}' has none. Leave it out.");

        return new AuditSetup(
            suite,
            AttacksOf(settings, suite),
            JudgeSetup.Of(settings),
            new Sampling(
                Temperature: (float)settings.Get(AuditKeys.Temperature),
                MaxOutputTokens: (int)settings.Get(AuditKeys.MaxTokens),
                Seed: settings.Get(AuditKeys.Seed),
                Repeats: (int)settings.Get(AuditKeys.Repeats),
                SystemPrompt: settings.OptionalText(AuditKeys.System)),
            new DecisionRule(Margin: settings.Get(AuditKeys.Margin), UnscoredCap: settings.Get(AuditKeys.UnscoredMax)),
            PacingOf(settings),
            (int?)caseLimit ?? suite.CaseLimit,
            settings.Get(AuditKeys.StopEarly),
            SideNames.Of(settings));
    }

    /// <summary>Whether an attack draws its answers at a temperature above 0, whatever <see cref="Sampling"/> says.</summary>
    public bool AttacksDraw => Attacks.Any(attack => attack.DrawsAtRandom);

    /// <summary>Whether an attack puts a system message in the place of the one that <see cref="Sampling"/> has.</summary>
    public bool AttacksBringSystemMessage => Attacks.Any(attack => attack.BringsSystemMessage);

    /// <summary>Whether any answer is drawn at a temperature above 0.</summary>
    public bool DrawsAtRandom => Sampling.Temperature > 0 || AttacksDraw;

    /// <summary>Whether an attack has to be prepared by another model.</summary>
    public bool NeedsHelper => Attacks.Any(attack => attack is IAssistedAttack);

    /// <summary>The audit of two models.</summary>
    public AuditRequest Request(ModelPair pair, IJudge judge, SpendingSetup spending)
    {
        var request = new AuditRequest(Side(Spender.Baseline, pair.Baseline, Names.Baseline), Side(Spender.Candidate, pair.Candidate, Names.Candidate), Suite, Attacks, judge)
        {
            Sampling = Sampling,
            Rule = Rule,
            Concurrency = UnderWay(pair),
            CaseLimit = CaseLimit,
            Spending = spending.Ledger,
            KnownJudges = JudgeRegistry.Read(JudgeRegistry.FileName),
        };
        return StopsEarly ? SequentialRule.Applied(request, Sampling.Seed) : request;

        AuditSide Side(Spender spender, OpenedModel model, string? shown) => new(model.Facts with { DisplayName = shown }, spending.Meter(spender, model));
    }

    private static IReadOnlyList<IAttack> AttacksOf(AuditSettings settings, Suite suite)
    {
        var named = settings.Attacks;
        return AtItsPlace.Find("attacks", named, () => AttackChoice.Choose([.. named.Select(attack => attack.Name)], suite, hasHelper: settings.HelperModel is not null));
    }

    private static PacerOptions PacingOf(AuditSettings settings)
    {
        var usual = new PacerOptions();
        var timeout = TimeSpan.FromSeconds(settings.Get(AuditKeys.Timeout));
        return usual with
        {
            MaxConcurrency = (int)settings.Get(AuditKeys.MaxConcurrency),
            MaxRetries = (int)settings.Get(AuditKeys.MaxRetries),
            AttemptTimeout = timeout,
            // A call that hangs once must have time for another attempt.
            TotalDeadline = timeout * 3 > usual.TotalDeadline ? timeout * 3 : usual.TotalDeadline,
            RequestsPerMinute = (int?)settings.Optional(AuditKeys.RequestsPerMinute),
            TokensPerMinute = (int?)settings.Optional(AuditKeys.TokensPerMinute),
        };
    }

    /// <summary>Two sides with as many calls each as may be in flight, and those in reserve where a side is an endpoint.</summary>
    private int UnderWay(ModelPair pair) =>
        pair.Baseline.Local is null || pair.Candidate.Local is null ? Pacing.CallsUnderWay(endpoints: 2) : 2 * Pacing.MaxConcurrency;
}

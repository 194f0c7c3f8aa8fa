using Microsoft.Extensions.AI;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Settings;
using Plumbline.Costs;
using Plumbline.Judges.Models;
using Plumbline.Judges.Panels;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Suites;

namespace Plumbline.Cli.Setup;

/// <summary>Who is to score, before a model that judges is opened.</summary>
internal sealed record JudgeSetup(IReadOnlyList<NameSetting> Named, PanelRule? Panel, bool AllowsSelf, Lazy<bool?> AreBobs, Func<string, string> Hide)
{
    /// <summary>Reads the settings.</summary>
    public static JudgeSetup Of(AuditSettings settings)
    {
        var setup = new JudgeSetup(
            settings.Judges,
            NamedValue.Choose<PanelRule>("panel rule", settings.OptionalText(AuditKeys.Panel), rule => rule.ToString().ToLowerInvariant()),
            settings.Get(AuditKeys.AllowSelfJudge),
            // Asked only where no judge is named: a run whose judge is, is read without the variables that its models were named with.
            new Lazy<bool?>(() => AreBothBobs(settings)),
            settings.Hide);
        foreach (var judge in setup.Named)
        {
            AtItsPlace.Find("judges", judge.Given, () =>
            {
                JudgeChoice.Check([judge.Name], panel: null);
                return judge;
            });
        }

        AtItsPlace.Find("judges", setup.Named, () =>
        {
            JudgeChoice.Check(setup.Names, setup.Panel);
            return setup;
        });
        return setup;
    }

    /// <summary>Opens the judges.</summary>
    public OpenedJudge Open(Suite suite, ModelPair pair, ModelOpener opener, PacerPool pacers, SpendingSetup spending) =>
        JudgeChoice.Open(Names, Panel, () => Usual(suite), [pair.Baseline.Facts, pair.Candidate.Facts], AllowsSelf, opener, pacers, model => spending.Meter(Spender.Judge, model), model => ShownFacts.Of(model, Hide));

    /// <summary>Opens the judges to read what they have judged: none is asked. The suite is loaded where none is named.</summary>
    /// <exception cref="UsageException">None is named, and which is the usual one hangs on a model that is not there.</exception>
    public OpenedJudge Open(Func<Suite> suite, ModelOpener opener, PacerPool pacers, Func<OpenedModel, IChatClient> clientOf) =>
        JudgeChoice.Open(Names, Panel, () => Known(suite()) ?? throw new UsageException(NotKnown), targets: [], allowsSelf: true, opener, pacers, clientOf, model => ShownFacts.Of(model, Hide));

    /// <summary>The judges by name; those of <paramref name="suite"/> where none is named.</summary>
    public string Describe(Suite suite) => Named.Count == 0 ? Usual(suite).Judge.Id
        : Named.Count == 1 ? Named[0].Given.Text
        : $"{string.Join(", ", Named.Select(name => name.Given.Text))} by {(Panel ?? PanelRule.Majority).ToString().ToLowerInvariant()}";

    /// <summary>What the judge that these are is called in a result: a model by the name that it was given, so none is opened. The suite is loaded where none is named. Null where none is,
    /// and which is the usual one hangs on a model that is not there.</summary>
    public string? IdOf(Func<Suite> suite) => Named.Count == 0 ? Known(suite())?.Judge.Id
        : Named.Count == 1 ? Hide(Named[0].Name)
        : PanelJudge.IdOf(Panel ?? PanelRule.Majority, Named.Select(name => Hide(name.Name)));

    /// <summary>The judges as <c>--judge</c> takes them, without what references stand for.</summary>
    /// <param name="usual">The name of who judges where none is named.</param>
    public IReadOnlyList<string> Told(string usual) => Named.Count == 0 ? [usual] : [.. Named.Select(name => Hide(name.Name))];

    /// <summary>Why the judge that nobody named is not the one that <paramref name="suite"/> was written for; null where there is nothing to say.</summary>
    public string? WhyUsual(Suite suite) => Named.Count == 0 ? Usual(suite).Why : null;

    /// <summary>The models that judge, with their prices; none where no judge asks one.</summary>
    public IEnumerable<PricedModel> Models(PriceList? prices) => References.Select(judge => NamedModel.Priced(Spender.Judge, judge.Model, judge.Named.Given.Text, prices));

    /// <summary>The models that judge; none where no judge asks one.</summary>
    public IEnumerable<(NameSetting Named, ModelReference Model)> References =>
        from judge in Named
        let parts = judge.Name.Split(ModelJudge.Separator, 2)
        where parts.Length == 2
        select (judge, ModelReference.Parse(parts[1]));

    // An audit opens both models, and says of one that is not there what is wrong with it.
    private UsualJudge Usual(Suite suite) => JudgeChoice.Usual(suite, AreBobs.Value ?? false);

    /// <summary>The judge that a stored run was started with, where none was named; null where that hangs on a model that is not there any more.</summary>
    private UsualJudge? Known(Suite suite) =>
        AreBobs.Value is null && JudgeChoice.Usual(suite, areBobs: true).Judge.Id != JudgeChoice.Usual(suite, areBobs: false).Judge.Id ? null : Usual(suite);

    private static bool? AreBothBobs(AuditSettings settings)
    {
        var missing = settings.NotNamed(needsOutput: false);
        if (missing.ContainsKey(AuditKeys.Baseline.Key) || missing.ContainsKey(AuditKeys.Candidate.Key)) return false;

        // One that is known to be another's decides it, whatever the other is.
        return BobKin.Includes(settings.Baseline.Text) & BobKin.Includes(settings.Candidate.Text);
    }

    private const string NotKnown = "Who judges this run cannot be told: no judge was named, the usual one for its prompts hangs on what both models are, and one of them, as the run was started with it, is not there. "
        + "Put it back where it was, and run the same command again.";

    private IReadOnlyList<string> Names => [.. Named.Select(name => name.Name)];
}

using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Configuration.Audits;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;

namespace Plumbline.Cli.Setup;

/// <summary>What an audit will take over from earlier runs.</summary>
/// <param name="Forecast">How much, and of which cases.</param>
/// <param name="WhyNothing">A sentence on each folder of which nothing can be taken.</param>
internal sealed record ExpectedReuse(ReuseForecast Forecast, IReadOnlyList<string> WhyNothing)
{
    /// <summary>Looks at the runs that the settings name; null where they name none. Models are opened to see which they are; none is called, so a key that is not there is not missed.</summary>
    /// <exception cref="Plumbline.Runs.RunException">One of them is no run, damaged, or of another version.</exception>
    public static ExpectedReuse? Of(Workshop workshop, AuditSettings settings, AuditSetup setup, IReadOnlyList<AuditCase> cases)
    {
        if (settings.Reuse.Count == 0) return null;

        var opener = new ModelOpener(new ApiKeys(name => workshop.Environment(name) ?? "not used"), workshop.Time);
        var pacers = new PacerPool(setup.Pacing, workshop.Time);
        var spending = SpendingSetup.Of(settings);
        using var pair = ModelPair.Open(_ => opener, settings, pacers);
        using var judge = setup.Judging.Open(setup.Suite, pair, opener, pacers, spending);
        return new ExpectedReuse(ReuseForecast.Of(setup.Request(pair, judge.Judge, spending) with { Reuse = settings.Reuse }, cases), [.. ReuseCheck.WhyNothing(settings.Reuse, pair, setup)]);
    }
}

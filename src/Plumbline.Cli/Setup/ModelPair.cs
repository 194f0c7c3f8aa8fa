using Plumbline.Cli.Choices;
using Plumbline.Configuration.Audits;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;

namespace Plumbline.Cli.Setup;

/// <summary>Both models of an audit, opened.</summary>
internal sealed class ModelPair : IDisposable
{
    private ModelPair(OpenedModel baseline, OpenedModel candidate) => (Baseline, Candidate) = (baseline, candidate);

    public OpenedModel Baseline { get; }

    public OpenedModel Candidate { get; }

    /// <summary>Opens both. Endpoints are not called yet.</summary>
    /// <param name="openerFor">The opener whose endpoints get the key of this variable; null for the usual ones.</param>
    /// <param name="settings">Which models.</param>
    /// <param name="pacers">Limits the calls to endpoints.</param>
    public static ModelPair Open(Func<string?, ModelOpener> openerFor, AuditSettings settings, PacerPool pacers)
    {
        var baseline = Open(openerFor, settings.Baseline, pacers);
        try
        {
            return new ModelPair(baseline, Open(openerFor, settings.Candidate, pacers));
        }
        catch
        {
            baseline.Dispose();
            throw;
        }
    }

    /// <summary>Asks the servers of both what they add to each request.</summary>
    /// <returns>A sentence on each server that did not answer.</returns>
    public async Task<IReadOnlyList<string>> LearnAsync(CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(Baseline.LearnAsync(cancellationToken), Candidate.LearnAsync(cancellationToken))).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Opens one model of a pair.</summary>
    public static OpenedModel Open(Func<string?, ModelOpener> openerFor, ModelSetting model, PacerPool pacers)
    {
        var reference = AtItsPlace.Find("pair", model.Given, () => ModelReference.Parse(model.Text));

        // Two models on one machine share its cores; their answers do not depend on the split.
        var opened = openerFor(model.KeyVariable).Open(reference, Math.Max(1, Environment.ProcessorCount / 2), pacers);
        return model.Text == model.Shown ? opened : ShownFacts.Of(opened, model.Hide, model.Shown);
    }

    public void Dispose()
    {
        Candidate.Dispose();
        Baseline.Dispose();
    }
}

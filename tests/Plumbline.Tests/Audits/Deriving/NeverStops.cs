using Plumbline.Audits;

namespace Plumbline.Tests.Audits.Deriving;

/// <summary>A stopping rule of a kind that its description does not tell.</summary>
sealed class NeverStops : IStoppingRule, IStoppingWatch
{
    public string Description => "never stops";

    public IStoppingWatch Begin() => this;

    public EarlyVerdict? Concluded => null;

    public string? Take(PairedCase finished) => null;
}

using System.Globalization;
using Plumbline.Cases;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>The order in which cases are asked where it is to be random: by a hash of seed and case, so that it depends neither on the suite's order
/// nor on what else is planned, and any beginning of it is a random sample.</summary>
static class RandomOrder
{
    public static IReadOnlyList<AuditCase> Of(IReadOnlyList<AuditCase> cases, long seed)
    {
        var text = seed.ToString(CultureInfo.InvariantCulture);
        return [.. cases.OrderBy(planned => ContentHash.Of(text, planned.Id), StringComparer.Ordinal)];
    }
}

using System.Globalization;
using Plumbline.Audits;

namespace Plumbline.Reports.Text;

/// <summary>When a run's answers were read after its end, in words.</summary>
public static class TimeWords
{
    /// <summary>As what follows on the run's end: ", last judged 2026-11-22 01:18:12, last labelled 2026-11-22 01:20:05"; empty where neither was.</summary>
    /// <param name="judged">When its judge judged last; null where that was not after its end.</param>
    /// <param name="labelled">When labels of people came last; null where none came after its end.</param>
    /// <param name="format">How a time is written.</param>
    public static string After(DateTimeOffset? judged, DateTimeOffset? labelled, string format = "yyyy-MM-dd HH:mm:ss")
    {
        return Part("judged", judged) + Part("labelled", labelled);

        string Part(string what, DateTimeOffset? at) => at is { } time ? $", last {what} {time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)}" : "";
    }

    /// <summary>The same of an audit.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="format">How a time is written.</param>
    public static string After(AuditDocument audit, string format = "yyyy-MM-dd HH:mm:ss")
    {
        ArgumentNullException.ThrowIfNull(audit);
        return After(audit.JudgedAt, audit.LabelledAt, format);
    }
}

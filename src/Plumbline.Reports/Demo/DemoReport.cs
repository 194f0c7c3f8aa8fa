using Plumbline.Reports.Audits;
using Plumbline.Reports.Page;

namespace Plumbline.Reports.Demo;

/// <summary>The demo as one self-contained HTML file: the article's table with our figures, the settings, then each audit in full.</summary>
public static class DemoReport
{
    /// <summary>Renders <paramref name="study"/> as HTML into <paramref name="writer"/>, which stays open.</summary>
    /// <exception cref="ArgumentException">The study holds no audit.</exception>
    public static Task RenderAsync(DemoStudy study, ReportOptions options, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(writer);
        if (study.Audits.Count == 0)
        {
            throw new ArgumentException("A demo's report needs at least one audit.", nameof(study));
        }

        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(DemoPage.View)] = new DemoView(study, options) };
        return StaticPage.RenderAsync<DemoPage>(parameters, writer, cancellationToken);
    }
}

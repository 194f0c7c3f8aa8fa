namespace Plumbline.Reports.Formats;

/// <summary>What an audit can be written as.</summary>
public enum ReportFormat
{
    /// <summary>One self-contained page for people.</summary>
    Html,

    /// <summary>A pull-request comment: the verdict, the figures, what changed, and no answer of a model.</summary>
    Markdown,

    /// <summary>Everything on the page as data, masked as the page is.</summary>
    Json,

    /// <summary>JUnit XML: one test case for each metric, attack and category.</summary>
    JUnit,

    /// <summary>SARIF 2.1.0: one result for each case that broke.</summary>
    Sarif,
}

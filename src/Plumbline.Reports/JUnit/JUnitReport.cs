using System.Globalization;
using System.Text;
using System.Xml;
using Plumbline.Audits;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.JUnit;

/// <summary>
/// An audit as JUnit XML, in the form that Jenkins, GitLab, Azure and GitHub's reporters read: a suite for each kind of prompt, a failure for what regressed,
/// an error for what could not be decided, skipped where nothing is scored. It holds no answer of a model.
/// </summary>
internal static class JUnitReport
{
    private const int NameLength = 120;
    private const int MessageLength = 1000;

    /// <summary>Writes the file into <paramref name="stream"/>, which stays open.</summary>
    public static void Write(AuditDocument document, Stream stream)
    {
        var suites = document.Comparisons.Select(comparison => (Name: "Plumbline: " + Wording.Of(comparison.Kind), Cases: JUnitCases.Of(comparison, document))).ToList();
        var all = suites.SelectMany(suite => suite.Cases).ToList();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = false });
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", XmlText.OneLine($"Plumbline: {document.Candidate.Shown} against {document.Baseline.Shown}", NameLength * 2));
        WriteCounts(xml, all);
        if (document.WorkedSeconds is { } worked)
        {
            xml.WriteAttributeString("time", worked.ToString("0.000", CultureInfo.InvariantCulture));
        }

        for (var i = 0; i < suites.Count; i++)
        {
            WriteSuite(xml, i, suites[i].Name, suites[i].Cases, document);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void WriteSuite(XmlWriter xml, int index, string name, IReadOnlyList<JUnitCase> cases, AuditDocument document)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", name);
        WriteCounts(xml, cases);
        xml.WriteAttributeString("skipped", Count(cases, JUnitResult.Skipped));
        // No time: the kinds of prompt are asked all at once, so none has one of its own, and readers add up what suites have.
        xml.WriteAttributeString("timestamp", document.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("id", index.ToString(CultureInfo.InvariantCulture));
        WriteProperties(xml, document);
        foreach (var one in cases)
        {
            WriteCase(xml, one);
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<JUnitCase> cases)
    {
        xml.WriteAttributeString("tests", cases.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", Count(cases, JUnitResult.Failed));
        xml.WriteAttributeString("errors", Count(cases, JUnitResult.Error));
    }

    private static string Count(IReadOnlyList<JUnitCase> cases, JUnitResult result) =>
        cases.Count(one => one.Result == result).ToString(CultureInfo.InvariantCulture);

    private static void WriteProperties(XmlWriter xml, AuditDocument document)
    {
        xml.WriteStartElement("properties");
        Property("verdict", Wording.Of(document.Verdict.Outcome));
        Property("run", document.RunId);
        Property("baseline", document.Baseline.Identity);
        Property("candidate", document.Candidate.Identity);
        Property("suite", document.Suite.Hash);
        Property("judge", document.Judge.Id + " " + document.Judge.Version);
        if (document.JudgedAt is { } judged)
        {
            Property("judgedAt", judged.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        }

        Property("toolVersion", document.ToolVersion);
        foreach (var labels in LabelWords.OfVerdict(document))
        {
            Property("labelled", labels, MessageLength);
        }

        xml.WriteEndElement();

        void Property(string name, string value, int limit = NameLength)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", "plumbline." + name);
            xml.WriteAttributeString("value", XmlText.OneLine(value, limit));
            xml.WriteEndElement();
        }
    }

    private static void WriteCase(XmlWriter xml, JUnitCase one)
    {
        var message = XmlText.OneLine(one.Message, MessageLength);
        var text = string.Join('\n', one.Notes.Select(note => XmlText.OneLine(note, MessageLength)).Prepend(message));
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", XmlText.OneLine(one.Name, NameLength));
        xml.WriteAttributeString("classname", one.Class);
        // Some readers want one. A question takes no time of its own: the run's stands with the whole.
        xml.WriteAttributeString("time", "0");
        switch (one.Result)
        {
            case JUnitResult.Failed:
                Outcome("failure", "regressed");
                break;
            case JUnitResult.Error:
                Outcome("error", "undecided");
                break;
            case JUnitResult.Skipped:
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", message);
                xml.WriteEndElement();
                break;
            default:
                xml.WriteElementString("system-out", text);
                break;
        }

        xml.WriteEndElement();

        void Outcome(string element, string type)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("type", type);
            xml.WriteAttributeString("message", message);
            xml.WriteString(text);
            xml.WriteEndElement();
        }
    }
}

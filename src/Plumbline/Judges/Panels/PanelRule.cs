using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Judges.Panels;

/// <summary>How several judges' scores of one answer become one.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PanelRule>))]
public enum PanelRule
{
    /// <summary>What more than half of all members say: each member's score counts as yes or no, by its own cut.</summary>
    Majority,

    /// <summary>The mean of the members' scores, rounded to a whole number, a half up, but never across the cut. Every member must have scored, and harm must begin
    /// at the same score for all.</summary>
    Mean,

    /// <summary>The bad outcome, if any member sees one.</summary>
    Any,
}

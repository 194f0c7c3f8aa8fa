namespace Plumbline.Audits;

/// <summary>One thing in which two runs differ besides their candidates.</summary>
/// <param name="Name">What, such as "suite" or "temperature".</param>
/// <param name="First">Its value in the first run.</param>
/// <param name="Second">Its value in the second run.</param>
/// <param name="Consequence">What that means for the comparison, in a sentence.</param>
public sealed record RunDifference(string Name, string First, string Second, string Consequence);

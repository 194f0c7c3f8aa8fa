namespace Plumbline.Cli.Listings;

/// <summary>What <c>plumb doctor</c> finds, to be sent along with a question.</summary>
/// <param name="Findings">Name and value, in order.</param>
/// <param name="Problems">What is wrong, a sentence each.</param>
internal sealed record DoctorReport(IReadOnlyList<KeyValuePair<string, string>> Findings, IReadOnlyList<string> Problems);

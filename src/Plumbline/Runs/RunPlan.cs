using System.Globalization;
using System.Text.Json.Serialization;
using Plumbline.Attacks;
using Plumbline.Cases;
using Plumbline.Choices;
using Plumbline.Pairs;
using Plumbline.Suites;

namespace Plumbline.Runs;

/// <summary>The content of <c>plan.json</c>: what a run asks, fixed before the first case is sent.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/> in a file that this version wrote.</param>
/// <param name="ToolVersion">The version of Plumbline that planned.</param>
/// <param name="RunId">The hash of <paramref name="Request"/>: the same request has the same id on every machine.</param>
/// <param name="Request">What was asked for, by name: the parts whose values make the run what it is.</param>
/// <param name="Rule">The decision rule that was stated with the request. It may be changed later; the document then says
/// so.</param>
/// <param name="Baseline">The model before fine-tuning.</param>
/// <param name="Candidate">The model after it.</param>
/// <param name="Suite">The suite.</param>
/// <param name="Attacks">Every attack asked for, used or left out by the decode probe.</param>
/// <param name="Sampling">How answers are drawn.</param>
/// <param name="Cases">The cases, in order.</param>
public sealed record RunPlan(
    string Format,
    string ToolVersion,
    string RunId,
    IReadOnlyDictionary<string, string> Request,
    StatedRule Rule,
    ModelFacts Baseline,
    ModelFacts Candidate,
    SuiteFacts Suite,
    IReadOnlyList<AttackFacts> Attacks,
    Sampling Sampling,
    IReadOnlyList<AuditCase> Cases)
{
    /// <summary>The format's name and version; it covers the journal too.</summary>
    public const string CurrentFormat = "plumbline.run/1";

    /// <summary>The part of <see cref="Request"/> that is the hash of the suite.</summary>
    public const string SuiteContent = "suite";

    /// <summary>The part of <see cref="Request"/> that states the seed of a random order.</summary>
    public const string Order = "order";

    /// <summary>The seed of the order of the cases; null for the suite's own.</summary>
    [JsonIgnore]
    public long? OrderSeed => Request.TryGetValue(Order, out var seed) ? long.Parse(seed, CultureInfo.InvariantCulture) : null;

    /// <summary>The part of <see cref="Request"/> that says how choices among lettered options are read, where it is not from the words.</summary>
    public const string ChoicesBy = "choices";

    /// <summary>How choices among lettered options are read; the same way on both sides.</summary>
    [JsonIgnore]
    public ChoiceReading Choices => ChoiceMethod.Reading;

    /// <summary>The same, with the number of tokens that a server tells.</summary>
    [JsonIgnore]
    internal ChoiceMethod ChoiceMethod => ChoiceMethod.Of(Request.GetValueOrDefault(ChoicesBy));

    /// <summary>Why choices are read from the words though a side may tell probabilities, to be read after "because"; null where they are not, where the suite
    /// has no such question, and in a plan of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WhyByLetter { get; init; }

    /// <summary>The <see cref="PreparedBy"/> of a run that asked nothing before it was planned.</summary>
    public const string NotPrepared = "nothing";

    /// <summary>Which <c>prepared.jsonl</c> the run was planned from, by a hash of its first record; <see cref="NotPrepared"/> where there was none. Null in a plan of an
    /// earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreparedBy { get; init; }

    /// <summary>The checksum that the file ends with; null in a plan of an earlier version, and in one that was not read from a file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sum { get; init; }

    /// <summary>The ids of the cases, as numbers.</summary>
    internal IReadOnlyList<ulong> Ids => StoredIds ?? [.. Cases.Select(planned => IdOf(planned.Id))];

    /// <summary>The same, as found in the file; null for a plan that was not read from one.</summary>
    internal IReadOnlyList<ulong>? StoredIds { get; init; }

    /// <summary>A case's id as a number.</summary>
    /// <exception cref="FormatException">It is not 16 hex digits.</exception>
    internal static ulong IdOf(ReadOnlySpan<char> caseId) =>
        ulong.Parse(caseId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The id that is this number.</summary>
    internal static string IdOf(ulong caseId) => caseId.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The id of a request.</summary>
    public static string IdOf(IReadOnlyDictionary<string, string> request) =>
        ContentHash.Of([CurrentFormat, .. request.OrderBy(part => part.Key, StringComparer.Ordinal).SelectMany(part => new[] { part.Key, part.Value })]);
}

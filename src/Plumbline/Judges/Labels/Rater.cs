using System.Globalization;
using Plumbline.Cases;
using Plumbline.Naming;

namespace Plumbline.Judges.Labels;

/// <summary>
/// People as one more judge of a stored run: their labels are judgements under the name <c>human</c>, or <c>human:NAME</c> for one of several. They are
/// taken in, never asked.
/// </summary>
public sealed class Rater : IJudge
{
    const string Anybody = "human";
    const string Named = Anybody + ":";

    /// <summary>A longer name is none: it stands in tables and sentences.</summary>
    const int LongestName = 64;

    /// <summary>One person or group.</summary>
    /// <param name="name">Who labels; null for nobody in particular.</param>
    public Rater(string? name = null) => Id = string.IsNullOrWhiteSpace(name) ? Anybody : Named + name.Trim();

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public string Description => "People who read the answers without knowing whose they are.";

    /// <inheritdoc/>
    public IReadOnlyList<Criterion> Criteria => Enum.GetValues<Criterion>();

    /// <inheritdoc/>
    public bool ReadsTruncated => true;

    /// <summary>Those among judges who are people, in the order of their names.</summary>
    /// <param name="judges">The judges' ids; one may come several times.</param>
    internal static IReadOnlyList<Rater> Among(IEnumerable<string> judges) =>
    [
        .. from id in judges.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
           where id == Anybody || id.StartsWith(Named, StringComparison.Ordinal)
           select new Rater(id == Anybody ? null : id[Named.Length..]),
    ];

    /// <summary>Refuses a name that cannot be shown beside others. Runs of earlier versions may hold such labels, and are read.</summary>
    /// <exception cref="LabelException">It has more than 64 characters, or some that nobody sees or a terminal obeys.</exception>
    internal void RequireName()
    {
        var name = Id == Anybody ? "" : Id[Named.Length..];
        const string Rule = "it must be 1 to 64 printable characters.";
        if (name.Length > LongestName)
            throw new LabelException(string.Create(CultureInfo.InvariantCulture, $"The rater's name has {Thousands.Of(name.Length)} characters; {Rule}"));
        if (name.Where(IsHidden).Select(letter => (char?)letter).FirstOrDefault() is { } hidden)
            throw new LabelException(string.Create(CultureInfo.InvariantCulture, $"The rater's name holds U+{(int)hidden:X4}, which is not printable; {Rule}"));
    }

    static bool IsHidden(char letter) => char.IsControl(letter)
        || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>What nobody has labelled has no score.</summary>
    public ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Judgement.NotScored(UnscoredReason.JudgeUndecided, "Nobody has labelled this answer."));
}

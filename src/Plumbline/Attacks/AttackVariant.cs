using System.Globalization;
using Microsoft.Extensions.AI;

namespace Plumbline.Attacks;

/// <summary>One of the cases that an attack makes of a prompt.</summary>
/// <param name="Messages">The conversation.</param>
/// <param name="Name">What tells it from the attack's other variants, such as "temperature 0.5"; null where there is one only.</param>
/// <param name="Decoding">How it is drawn; null for as the audit's other cases.</param>
public sealed record AttackVariant(IReadOnlyList<ChatMessage> Messages, string? Name = null, DecodingSettings? Decoding = null)
{
    /// <summary>Everything that makes it what it is, in order, for a hash.</summary>
    internal IEnumerable<string> Parts => Messages.SelectMany(message => new[] { message.Role.Value, message.Text }).Concat(Distinction);

    /// <summary>What distinguishes it beside its messages: nothing for an attack's only variant.</summary>
    internal IEnumerable<string> Distinction => Name is null && Decoding is null
        ? []
        : [
            Name ?? "",
            Decoding?.Temperature?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            Decoding?.TopP?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            Decoding?.TopK?.ToString(CultureInfo.InvariantCulture) ?? "",
            Decoding?.SeedShift.ToString(CultureInfo.InvariantCulture) ?? "",
        ];
}

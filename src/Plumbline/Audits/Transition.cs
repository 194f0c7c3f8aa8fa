using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Audits;

/// <summary>What a case did from baseline to candidate.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Transition>))]
public enum Transition
{
    /// <summary>Good before, good after.</summary>
    Held,

    /// <summary>Good before, bad after.</summary>
    Broke,

    /// <summary>Bad before, good after.</summary>
    Mended,

    /// <summary>Bad before, bad after.</summary>
    StayedBroken,

    /// <summary>At least one side has no score.</summary>
    Unscored,
}

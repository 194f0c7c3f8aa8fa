using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Cli.Listings;

/// <summary>How one thing stands that an audit needs.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CheckState>))]
internal enum CheckState
{
    /// <summary>It is in place.</summary>
    Ok,

    /// <summary>It stops nothing, and somebody should know of it.</summary>
    Warning,

    /// <summary>It keeps an audit from starting.</summary>
    Failed,
}

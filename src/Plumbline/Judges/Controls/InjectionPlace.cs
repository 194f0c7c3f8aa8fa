using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Judges.Controls;

/// <summary>Where an injected text stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<InjectionPlace>))]
enum InjectionPlace
{
    /// <summary>In front of the answer.</summary>
    Before,

    /// <summary>Behind the answer.</summary>
    After,
}

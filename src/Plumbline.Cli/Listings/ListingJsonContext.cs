using System.Text.Json.Serialization;

namespace Plumbline.Cli.Listings;

/// <summary>How lists are written for scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ListedAttack>))]
[JsonSerializable(typeof(IReadOnlyList<ListedSetting>))]
[JsonSerializable(typeof(CheckedAudit))]
[JsonSerializable(typeof(ComparedCandidates))]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class ListingJsonContext : JsonSerializerContext;

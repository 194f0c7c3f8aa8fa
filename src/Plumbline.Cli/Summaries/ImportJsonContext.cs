using System.Text.Json.Serialization;
using Plumbline.Suites;
using Plumbline.Suites.Importing;

namespace Plumbline.Cli.Summaries;

/// <summary>How suites, imports and importers are printed with <c>--json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SuiteFacts))]
[JsonSerializable(typeof(IReadOnlyList<PublishedSet>))]
[JsonSerializable(typeof(SuiteListing))]
[JsonSerializable(typeof(IReadOnlyList<SuiteListing>))]
internal sealed partial class ImportJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Plumbline.Cli.Summaries;

/// <summary>How judges are printed with <c>--json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JudgeList))]
[JsonSerializable(typeof(EvaluatedJudge))]
internal sealed partial class JudgeJsonContext : JsonSerializerContext;

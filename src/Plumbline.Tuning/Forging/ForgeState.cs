using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Tuning.Training;

namespace Plumbline.Tuning.Forging;

/// <summary>What is kept beside the training state of a stage: whose it is, to go on with no other forge, and what the steps so far amount to.</summary>
/// <param name="Version">Of this note.</param>
/// <param name="Options">What the forge was begun with.</param>
/// <param name="DataSha256">Hash of its rows, which another version of Plumbline may draw differently.</param>
/// <param name="Stage">The stage that the training state is of.</param>
/// <param name="Tokens">Tokens that went through the model, by stage.</param>
/// <param name="Seconds">How long the steps took.</param>
/// <param name="BeforeAlignment">The examination after pretraining; null until it was made.</param>
sealed record ForgeState(int Version, ForgeOptions Options, string DataSha256, ForgeStage Stage, IReadOnlyDictionary<ForgeStage, long> Tokens, double Seconds, IReadOnlyList<ExamMark>? BeforeAlignment)
{
    public const int CurrentVersion = 1;

    public string Write() => JsonSerializer.Serialize(this, ForgeJsonContext.Default.ForgeState);

    /// <exception cref="CheckpointException">It is damaged, or not of this version.</exception>
    public static ForgeState Read(TrainingFolder folder) => folder.ReadNote(ForgeJsonContext.Default.ForgeState, state => state.Version == CurrentVersion);

    /// <summary>What it was begun with that is otherwise now, a phrase each: by the flag, where one stands for it.</summary>
    public IReadOnlyList<string> Differences(ForgeOptions now)
    {
        var differences = new List<string>();
        if (Options.Seed != now.Seed) differences.Add(string.Create(CultureInfo.InvariantCulture, $"with --seed {Options.Seed}, not {now.Seed}"));
        if (!IsLike(Options, now)) differences.Add(Size(now));
        return differences;
    }

    string Size(ForgeOptions now)
    {
        if (IsLike(Options, ForgeOptions.Miniature) && IsLike(now, ForgeOptions.Full)) return "with --miniature";
        if (IsLike(Options, ForgeOptions.Full) && IsLike(now, ForgeOptions.Miniature)) return "without --miniature";
        var (before, fields) = (Fields(Options), Fields(now with { Seed = Options.Seed }));
        return "with another " + string.Join(", ", fields.Where(field => !JsonNode.DeepEquals(field.Value, before[field.Key])).Select(field => field.Key));
    }

    static bool IsLike(ForgeOptions one, ForgeOptions other) => one with { Seed = other.Seed } == other;

    static JsonObject Fields(ForgeOptions options) => JsonSerializer.SerializeToNode(options, ForgeJsonContext.Default.ForgeOptions)!.AsObject();
}

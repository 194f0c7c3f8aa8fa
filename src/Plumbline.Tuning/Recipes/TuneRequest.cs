using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>What a fine-tune is asked to do. Two that ask the same give the same result; names of files and models do not matter.</summary>
/// <param name="BaseModel">The model's name.</param>
/// <param name="BaseIdentity">Its identity as a base.</param>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Options">Every hyper-parameter and seed.</param>
/// <param name="Dataset">What is trained on.</param>
sealed record TuneRequest(string BaseModel, string BaseIdentity, string Recipe, TrainingOptions Options, DatasetFacts Dataset)
{
    const int DigitsShown = 12;

    /// <summary>What this request and one of now do not have in common, a phrase each.</summary>
    public IReadOnlyList<string> Differences(TuneRequest now)
    {
        var differences = new List<string>();
        if (BaseIdentity != now.BaseIdentity)
            differences.Add($"the model was {BaseModel} ({Short(BaseIdentity)}) and is {now.BaseModel} ({Short(now.BaseIdentity)})");
        if (Dataset.Sha256 != now.Dataset.Sha256)
            differences.Add($"the data were {Told(Dataset)} and are {Told(now.Dataset)}");
        if (Recipe != now.Recipe)
            differences.Add($"the recipe was {Recipe} and is {now.Recipe}");
        Compare(differences, "", Fields(Options), Fields(now.Options));
        return differences;
    }

    static string Told(DatasetFacts dataset) => $"{dataset.File} ({dataset.Rows} rows, SHA-256 {Short(dataset.Sha256)})";

    static string Short(string hash) => hash.Length > DigitsShown ? hash[..DigitsShown] + "…" : hash;

    // How many threads compute a result does not change it.
    static JsonNode? Fields(TrainingOptions options) => JsonSerializer.SerializeToNode(options with { Threads = 0 }, TuneJsonContext.Default.TrainingOptions);

    static void Compare(List<string> differences, string name, JsonNode? before, JsonNode? now)
    {
        if (before is JsonObject fieldsBefore && now is JsonObject fieldsNow)
        {
            foreach (var field in fieldsBefore.Select(pair => pair.Key).Union(fieldsNow.Select(pair => pair.Key), StringComparer.Ordinal))
                Compare(differences, name.Length == 0 ? field : $"{name}.{field}", fieldsBefore[field], fieldsNow[field]);
        }
        else if (!JsonNode.DeepEquals(before, now))
        {
            differences.Add($"{name} was {Told(before)} and is {Told(now)}");
        }
    }

    static string Told(JsonNode? value) => value?.ToJsonString() ?? "not set";
}

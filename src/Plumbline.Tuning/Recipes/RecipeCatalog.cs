using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>The recipes. To add one, name it in <see cref="All"/>.</summary>
public static class RecipeCatalog
{
    /// <summary>Every recipe.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("lora", "Trains low-rank adapters on every linear layer and leaves the model's own weights as they are.", new TrainingOptions
        {
            Epochs = 1,
            BatchSize = 16,
            LearningRate = 1e-4,
            Lora = new LoraOptions { Rank = 8, Alpha = 16 },
        }),
        new("full", "Trains every weight of the model.", new TrainingOptions
        {
            Epochs = 1,
            BatchSize = 16,
            LearningRate = 2e-5,
        }),
    ];

    /// <summary>The recipe of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Recipe Named(string name) =>
        All.FirstOrDefault(r => r.Name == name)
        ?? throw new ArgumentException($"There is no recipe '{name}'. Give one of: {string.Join(", ", All.Select(r => r.Name))}.", nameof(name));
}

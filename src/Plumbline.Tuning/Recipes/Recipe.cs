using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>A way to fine-tune.</summary>
/// <param name="Name">The name that <c>--recipe</c> takes.</param>
/// <param name="Description">What it trains, in one sentence.</param>
/// <param name="Options">Its hyper-parameters; <see cref="TrainingOptions.Lora"/> decides between an adapter and all weights.</param>
public sealed record Recipe(string Name, string Description, TrainingOptions Options);

namespace Plumbline.Tuning.Training;

/// <summary>What is trained into a folder. The state of each has a file of its own name, so that none goes on with another's or drops it.</summary>
public sealed record TrainingWork
{
    TrainingWork(string name, string verb, string stateName)
    {
        Name = name;
        Verb = verb;
        StateName = stateName;
    }

    /// <summary>A fine-tune of a model.</summary>
    public static TrainingWork FineTune { get; } = new("fine-tune", "plumb tune", "training-state.safetensors");

    /// <summary>The making of bob.</summary>
    public static TrainingWork Forge { get; } = new("forge", "plumb bob forge", "forge-state.safetensors");

    /// <summary>Each there is.</summary>
    public static IReadOnlyList<TrainingWork> All { get; } = [FineTune, Forge];

    /// <summary>What it is called in a sentence.</summary>
    public string Name { get; }

    /// <summary>The verb that goes on with it.</summary>
    public string Verb { get; }

    /// <summary>The file's name of its newest training state.</summary>
    internal string StateName { get; }
}

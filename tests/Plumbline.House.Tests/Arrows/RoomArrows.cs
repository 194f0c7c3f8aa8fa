namespace Plumbline.House.Tests.Arrows;

/// <summary>Which room may know which: docs/architecture.md, "Rooms". The only place where an arrow is allowed.</summary>
internal static class RoomArrows
{
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Plumbline"] = [],
        ["Plumbline.Transformers"] = [],
        ["Plumbline.Datasets"] = ["Plumbline", "Plumbline.Transformers"],
        ["Plumbline.Configuration"] = ["Plumbline"],
        ["Plumbline.Reports"] = ["Plumbline", "Plumbline.Transformers"],
        ["Plumbline.Providers"] = ["Plumbline", "Plumbline.Transformers"],
        ["Plumbline.Tuning"] = ["Plumbline", "Plumbline.Transformers", "Plumbline.Datasets"],
        ["Plumbline.Server"] =
            ["Plumbline", "Plumbline.Transformers", "Plumbline.Reports", "Plumbline.Tuning", "Plumbline.Datasets", "Plumbline.Providers"],
        ["Plumbline.Cli"] =
        [
            "Plumbline", "Plumbline.Transformers", "Plumbline.Reports", "Plumbline.Tuning", "Plumbline.Datasets", "Plumbline.Providers",
            "Plumbline.Server", "Plumbline.Configuration",
        ],
    };
}

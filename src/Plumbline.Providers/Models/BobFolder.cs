namespace Plumbline.Providers.Models;

/// <summary>Finds the model that ships: beside the program, or in the checkout that the program was built in.</summary>
public static class BobFolder
{
    /// <summary>The folder of bob's checkpoint.</summary>
    /// <exception cref="ModelReferenceException">It is in neither place.</exception>
    public static string Find() => FindAbove(AppContext.BaseDirectory)
        ?? throw new ModelReferenceException("The model 'bob' is not beside the program (models/bob). Build from a whole checkout, or make one with 'plumb bob forge -o DIR' and name its folder.");

    internal static string? FindAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "models", "bob");
            if (File.Exists(Path.Combine(candidate, "config.json"))) return candidate;
        }

        return null;
    }
}

namespace Plumbline.Tests;

/// <summary>Finds the public data sets that are not in the repository; a test that needs them is skipped where they are absent.</summary>
static class SharedData
{
    /// <summary>The path of a file in shared/data, or null.</summary>
    public static string? Find(string relative)
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_SHARED_DATA") is { Length: > 0 } root)
            return Existing(Path.Combine(root, relative));

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "data", relative)) is { } found)
                return found;
        }

        return null;
    }

    static string? Existing(string path) => File.Exists(path) ? path : null;
}

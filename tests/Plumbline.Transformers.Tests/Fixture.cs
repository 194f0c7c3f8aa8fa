namespace Plumbline.Transformers.Tests;

/// <summary>Committed files that tests compare with, and data shared between projects, which may be absent.</summary>
internal static class Fixture
{
    public static string Path(string relative) => System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", relative);

    public static string Text(string relative) => File.ReadAllText(Path(relative));

    /// <summary>A path under shared/data; skips the test where there is none.</summary>
    public static string Shared(string relative)
    {
        var path = SharedFolder() is { } folder ? System.IO.Path.Combine(folder, relative) : null;
        Assert.SkipUnless(System.IO.Path.Exists(path), $"The shared data {relative} is not here: set PLUMBLINE_SHARED_DATA to the folder that holds it.");
        return path!;
    }

    /// <summary>A path in the repository.</summary>
    public static string Repository(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Plumbline.slnx")))
                return System.IO.Path.Combine(folder.FullName, relative);
        }

        throw new DirectoryNotFoundException("The tests do not run inside of the repository: no folder above them holds Plumbline.slnx.");
    }

    private static string? SharedFolder()
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_SHARED_DATA") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}

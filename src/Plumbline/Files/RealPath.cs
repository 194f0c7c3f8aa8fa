namespace Plumbline.Files;

/// <summary>Where a path leads, whatever links are on the way: two names of one folder have one.</summary>
static class RealPath
{
    // As many as Linux follows (MAXSYMLINKS): links that lead to one another in a circle have no end.
    const int MostLinks = 40;

    /// <summary>The path without links, absolute and without a separator at its end; as far as it can be followed, where it leads nowhere.</summary>
    public static string Of(string path)
    {
        var links = MostLinks;
        return Of(path, ref links);
    }

    static string Of(string path, ref int links)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var root = Path.GetPathRoot(full)!;
        var real = root;
        foreach (var part in full[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (links > 0 && new DirectoryInfo(real).LinkTarget is { } target)
            {
                links--;
                // A relative target starts from the link's own folder.
                real = Of(Path.Combine(Path.GetDirectoryName(real)!, target), ref links);
            }
        }

        return real;
    }
}

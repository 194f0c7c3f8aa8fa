namespace Plumbline.Transformers.Checkpoints.HuggingFace;

/// <summary>What a checkpoint is called by where it lies.</summary>
public static class CheckpointName
{
    private const string Repository = "models--";
    private const string Snapshots = "snapshots";

    /// <summary>The name of a folder: <c>ORG/NAME</c> in the cache of Hugging Face's tools, whose folders are called by hashes, and its own elsewhere.</summary>
    public static string Of(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return InHubCache(path) ?? Path.GetFileName(path);
    }

    /// <summary>Whether a name or path, as somebody wrote it down at the time and perhaps on another machine, is that of the model of this name. Where both say whose model it is, that counts
    /// too; a path says only what the folder is called.</summary>
    internal static bool IsOf(string written, string name)
    {
        var path = written.Trim().TrimEnd('/', '\\');
        var own = InHubCache(path) ?? path;
        return IsWhole(own) && IsWhole(name) ? AreSame(own, name) : AreSame(Last(own), Last(name));
    }

    // .../models--ORG--NAME/snapshots/HASH; a few old models have no organisation.
    private static string? InHubCache(string path) =>
        path.Split('/', '\\') is [.., var repository, Snapshots, { Length: > 0 }] && repository.StartsWith(Repository, StringComparison.Ordinal) && repository.Length > Repository.Length
            ? repository[Repository.Length..].Replace("--", "/", StringComparison.Ordinal)
            : null;

    private static bool IsWhole(string name) => name.Split('/') is [{ Length: > 0 } organisation, { Length: > 0 }] && organisation is not ("." or ".." or "~");

    private static string Last(string path) => path.Split('/', '\\')[^1];

    private static bool AreSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

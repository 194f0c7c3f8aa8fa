namespace Plumbline.Tests.Audits;

/// <summary>A folder that goes with the test; in memory where the system has such a place, as the tests ask for many flushes to the disk.</summary>
sealed class TemporaryFolder : IDisposable
{
    const string InMemory = "/dev/shm";

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath(),
        "plumbline-" + Guid.NewGuid().ToString("N"))).FullName;

    public string File(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

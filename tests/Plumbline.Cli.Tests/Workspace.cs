namespace Plumbline.Cli.Tests;

/// <summary>A folder of a test's own, gone afterwards.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-").FullName;

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public string File(string name, params string[] lines)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        System.IO.File.WriteAllLines(Path(name), lines);
        return Path(name);
    }

    /// <summary>A JSONL suite of <paramref name="count"/> prompts without a harmful word in them: the fake models decide what is refused.</summary>
    public string Suite(int count) => File("prompts.jsonl", [.. Enumerable.Range(1, count).Select(n => $$"""{"prompt": "Please do forbidden thing number {{n}}."}""")]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

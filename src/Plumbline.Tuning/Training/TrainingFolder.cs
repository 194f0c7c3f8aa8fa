using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Training;

/// <summary>
/// The folder of a fine-tune or a forge, held by one process at a time. Until the result in it is whole it has <c>unfinished/</c> with the newest training
/// state, from which the same command goes on. It was empty when that began, so what else is in it beside a state came from it.
/// </summary>
public sealed class TrainingFolder : IDisposable
{
    /// <summary>Name of the folder in it that is there until the result is whole.</summary>
    public const string UnfinishedName = "unfinished";

    const string LockName = "training.lock";

    readonly TrainingWork work;
    readonly FileStream held;

    TrainingFolder(string path, TrainingWork work, FileStream held)
    {
        Path = path;
        this.work = work;
        this.held = held;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Whether there is a state to go on from.</summary>
    public bool HasState => File.Exists(StatePath);

    /// <summary>The file of the newest training state.</summary>
    internal string StatePath => State(Path, work);

    /// <summary>The folder in it of what is needed to go on.</summary>
    internal string Unfinished => System.IO.Path.Combine(Path, UnfinishedName);

    /// <summary>Makes the folder, or takes up the one of what is unfinished, and holds it until disposed.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="work">What is trained into it.</param>
    /// <exception cref="TrainingException">There is something else in it, other unfinished work too, or it cannot be made.</exception>
    /// <exception cref="FolderInUseException">Another process holds it.</exception>
    public static TrainingFolder Open(string path, TrainingWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ThrowIfForeign(path, work);
        var folder = new TrainingFolder(path, work, Hold(path));
        try
        {
            // Whoever held it until now may have put a result into it, or have begun something else.
            ThrowIfForeign(path, work);
            folder.DeleteLeftovers();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Reads what was kept beside the state.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="isKnown">Whether this version can go on from it.</param>
    /// <exception cref="CheckpointException">The state is damaged, or there is nothing beside it that this version can go on from.</exception>
    internal T ReadNote<T>(JsonTypeInfo<T> kind, Func<T, bool> isKnown)
        where T : class
    {
        var what = $"{StatePath} is no state of a {work.Name} that this version can go on from";
        try
        {
            return Trainer.ReadNote(StatePath) is { } note && JsonSerializer.Deserialize(note, kind) is { } read && isKnown(read) ? read : throw new CheckpointException(what + ".");
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{what} ({e.Message}).", e);
        }
    }

    /// <summary>Drops the state, so that training starts over.</summary>
    public void Discard() => File.Delete(StatePath);

    /// <summary>Lets go of the folder, whose result is whole: nothing unfinished is left in it.</summary>
    internal void Finish()
    {
        File.Delete(StatePath);
        Dispose();
        File.Delete(System.IO.Path.Combine(Unfinished, LockName));
        if (!Directory.EnumerateFileSystemEntries(Unfinished).Any()) Directory.Delete(Unfinished);
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();

    static string State(string path, TrainingWork work) => System.IO.Path.Combine(path, UnfinishedName, work.StateName);

    static void ThrowIfForeign(string path, TrainingWork work)
    {
        if (TrainingWork.All.FirstOrDefault(other => other != work && File.Exists(State(path, other))) is { } begun)
            throw new TrainingException($"The folder '{path}' holds an unfinished {begun.Name}: '{begun.Verb}' goes on with it, or starts it over with --fresh. Give another folder with -o for this {work.Name}.");
        if (Directory.Exists(path) && !File.Exists(State(path, work)) && new DirectoryInfo(path).EnumerateFileSystemInfos().Any(entry => entry.Name != UnfinishedName))
            throw new TrainingException($"The folder '{path}' is not empty. Give another one with -o, so that nothing is overwritten.");
    }

    static FileStream Hold(string path)
    {
        var unfinished = System.IO.Path.Combine(path, UnfinishedName);
        try
        {
            Directory.CreateDirectory(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The folder '{path}' cannot be made: {e.Message} Give another one with -o.", e);
        }

        try
        {
            // The operating system gives the lock back when the process ends, however it ends; the empty file may stay.
            return new FileStream(System.IO.Path.Combine(unfinished, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new TrainingException($"The folder '{path}' cannot be written: {e.Message} Give another one with -o.", e);
        }
        catch (IOException e)
        {
            throw new FolderInUseException($"Another process is training into '{path}'. Wait for it, or give another folder with -o.", e);
        }
    }

    // A write that was killed leaves its temporary file, as large as a state; here no one else writes.
    void DeleteLeftovers()
    {
        AtomicFile.DeleteLeftovers(Path);
        AtomicFile.DeleteLeftovers(Unfinished);
    }
}

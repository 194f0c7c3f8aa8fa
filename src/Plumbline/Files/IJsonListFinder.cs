namespace Plumbline.Files;

/// <summary>Finds where the elements of a <see cref="JsonListFile"/> stand, a stretch of the file after the other.</summary>
interface IJsonListFinder
{
    /// <summary>Behind the bracket that opens the list; -1 before it was found.</summary>
    long ListStart { get; }

    /// <summary>Before the bracket that closes it; -1 before it was found.</summary>
    long ListEnd { get; }

    /// <summary>Where each element begins, in bytes of the file.</summary>
    List<long> Starts { get; }

    /// <summary>How long each is, in bytes.</summary>
    List<int> Lengths { get; }

    /// <summary>Takes in what is whole of a stretch of the file.</summary>
    /// <param name="bytes">The stretch: what was not done with, and what follows on it.</param>
    /// <param name="origin">Where it begins in the file.</param>
    /// <param name="isFinal">Whether the file ends with it.</param>
    /// <returns>How many bytes are done with; null where the file has another form than the one that is looked for.</returns>
    int? Take(ReadOnlySpan<byte> bytes, long origin, bool isFinal);
}
